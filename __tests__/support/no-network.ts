import { Server, Socket } from "node:net";

const { connect } = Socket.prototype;
const { listen } = Server.prototype;

/** A unit test that reaches for the network is not one. */
function refuse(): never {
  throw new Error("unit tests open no socket");
}

Socket.prototype.connect = refuse;
Server.prototype.listen = refuse;

// The next test file of this worker may be a process test, and Node's modules are the same for both.
afterAll(() => {
  Socket.prototype.connect = connect;
  Server.prototype.listen = listen;
});
