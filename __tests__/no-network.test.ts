import { createServer } from "node:http";
import { connect } from "node:net";

test("a unit test can open no socket", () => {
  expect(() => connect(80, "127.0.0.1")).toThrow("unit tests open no socket");
  expect(() => createServer().listen(0)).toThrow("unit tests open no socket");
});
