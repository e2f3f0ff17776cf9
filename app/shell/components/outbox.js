// Commands of a component to the app: told until they are acknowledged, carried out once. Clicks may
// be faster than the page; see outbox.py.

/**
 * A number above the last one, and after a reload above those of before.
 * @param {number} last
 */
export function nextNumber(last = 0) {
  return Math.max(Date.now(), last + 1);
}

export class Outbox {
  last = 0;
  /** @type {Array<Record<string, any> & { n: number }>} Those that are not acknowledged, in their order. */
  pending = [];

  /**
   * Add a command; its number.
   * @param {Record<string, any>} what
   */
  add(what) {
    this.last = nextNumber(this.last);
    this.pending = [...this.pending, { n: this.last, ...what }];
    return this.last;
  }

  /**
   * The app has seen to all up to this number.
   * @param {number} done
   */
  acknowledge(done) {
    this.pending = this.pending.filter((one) => one.n > done);
  }
}
