import { terminalOf } from "../../cli/program/terminal";

/** All that the programs of the sandbox write: nothing in it steers the terminal, whatever the pools' descriptions say. */
export const terminal = terminalOf(process.stdout, process.stderr);
