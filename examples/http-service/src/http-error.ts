/** An answer other than success. Thrown anywhere below a route; the server turns it into a response. */
export class HttpError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = new.target.name
    this.status = status
  }

  get body(): object {
    return { error: this.message }
  }
}

export class NotFoundError extends HttpError {
  constructor(what: string) {
    super(404, `There is no ${what}`)
  }
}

export class ValidationError extends HttpError {
  readonly field: string

  constructor(field: string, rule: string) {
    super(422, `${field} ${rule}`)
    this.field = field
  }

  override get body(): object {
    return { ...super.body, field: this.field }
  }
}
