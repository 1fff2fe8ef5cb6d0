export interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly eventId: string;
  readonly ingestionTime: number;
}

export interface LogStream {
  readonly name: string;
  readonly created: number;
  readonly events: LogEvent[];
}
