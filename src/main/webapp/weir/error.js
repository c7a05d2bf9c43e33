/** What is refused. */

/** A refusal: `code` is for programs, `message` (the server's `detail`) is for people. */
export class WeirError extends Error {
  constructor(code, detail, status = 0) {
    super(detail || code);
    this.name = 'WeirError';
    this.code = code;
    this.status = status;
  }
}
