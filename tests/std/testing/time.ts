// @ts-types="npm:@types/sinonjs__fake-timers@^15"
import { type InstalledClock, withGlobal } from "npm:@sinonjs/fake-timers@^15";

/** The options of {@linkcode FakeTime}. Those that make time pass by itself are not offered. */
export type FakeTimeOptions = Record<never, never>;

/**
 * Puts a clock that stands still in the place of `Date` and the timers, until it is restored. The
 * tests move it. One at a time.
 */
export class FakeTime {
  /** When the clock began, in milliseconds since 1970. */
  readonly start: number;
  readonly #clock: InstalledClock;

  constructor(start?: number | string | Date | null) {
    this.start = start === undefined || start === null
      ? Date.now()
      : new Date(start).valueOf();
    this.#clock = withGlobal(globalThis).install({
      now: this.start,
      toFake: [
        "Date",
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "clearInterval",
      ],
    });
  }

  /** Restores the clock at the end of a block. */
  [Symbol.dispose](): void {
    this.restore();
  }

  /** What the clock says. */
  get now(): number {
    return this.#clock.now;
  }

  /** Moves the clock to a later time. */
  set now(value: number) {
    this.tick(value - this.#clock.now);
  }

  /** Moves the clock on, and runs what falls due. */
  tick(milliseconds = 0): void {
    this.#clock.tick(milliseconds);
  }

  /** Lets promises settle, moves the clock on, and runs what falls due, with its promises. */
  async tickAsync(milliseconds = 0): Promise<void> {
    await this.#clock.tickAsync(milliseconds);
  }

  /** Moves the clock to the next timer and runs it; false where there is none. */
  next(): boolean {
    const waiting = this.#clock.countTimers() > 0;
    if (waiting) this.#clock.next();
    return waiting;
  }

  /** The same, with the promises before and after. */
  async nextAsync(): Promise<boolean> {
    await this.runMicrotasks();
    const waiting = this.#clock.countTimers() > 0;
    if (waiting) await this.#clock.nextAsync();
    return waiting;
  }

  /** Runs all timers. */
  runAll(): void {
    this.#clock.runAll();
  }

  /** Runs all timers, with the promises between them. */
  async runAllAsync(): Promise<void> {
    await this.#clock.runAllAsync();
  }

  /** Lets promises settle. */
  async runMicrotasks(): Promise<void> {
    await this.#clock.tickAsync(0);
  }

  /** Puts `Date` and the timers back. */
  restore(): void {
    this.#clock.uninstall();
  }
}
