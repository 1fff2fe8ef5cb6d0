// In the place of echarts: what cli/status/draw-chart.ts draws with. All of it would be half of the program. The sources import all of it, because
// its parts are ES modules, which jest cannot load before Node.js 24.9.
import { BarChart, LineChart } from "../../node_modules/echarts/charts.js";
import { GridComponent, LegendComponent } from "../../node_modules/echarts/components.js";
import { init, use } from "../../node_modules/echarts/core.js";
import { SVGRenderer } from "../../node_modules/echarts/renderers.js";

use([LineChart, BarChart, GridComponent, LegendComponent, SVGRenderer]);

export { init };
