// One client's story in a process of its own. Prints one line of JSON.
import { story } from "./story.mjs";

const [, , name, text] = process.argv;
const config = JSON.parse(text);
const { open } = await import(`./${config.program}.mjs`);
const world = async () => (await fetch(config.stateUrl)).json();
const rows = await story(config, await open(config, name), world);

process.stdout.write(`${JSON.stringify(rows)}\n`, () => process.exit(0));
