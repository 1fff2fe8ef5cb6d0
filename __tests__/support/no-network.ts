import { Server, Socket } from "node:net";

/** A unit test that reaches for the network is not one. */
function refuse(): never {
  throw new Error("unit tests open no socket");
}

Socket.prototype.connect = refuse;
Server.prototype.listen = refuse;
