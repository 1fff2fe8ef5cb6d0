import { statusPage } from "../../cli/status/page";
import { takePicture } from "./status/open-chromium";
import { sampleStatus } from "./status/sample-status";

void takePicture("docs/status.png", { width: 1000, height: 1210 }, (page) =>
  page.setContent(statusPage(sampleStatus())),
);
