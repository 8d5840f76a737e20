interface Measured {
  readonly value: number
}

export enum Level {
  Low,
  High,
}

export class Reading implements Measured {
  constructor(readonly value: number) {}

  get level(): Level {
    return this.value > 10 ? Level.High : Level.Low
  }
}
