/** Stands in for @smithy/core/event-streams in the bundle (build.mjs): none of the three calls streams events. */
export class EventStreamSerde {
  constructor() {
    throw new Error("this function streams no events");
  }
}
