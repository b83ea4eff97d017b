/** Barks once when nothing was seen for a time in which nobody was busy. */
export class Watchdog {
  private readonly timer: NodeJS.Timeout;
  private quiet = 0;

  constructor(timeoutMs: number, busy: () => boolean, bark: () => void, steps = 10) {
    this.timer = setInterval(() => {
      this.quiet = busy() ? 0 : this.quiet + 1;
      if (this.quiet < steps) return;
      this.end();
      bark();
    }, timeoutMs / steps);
  }

  seen(): void {
    this.quiet = 0;
  }

  end(): void {
    clearInterval(this.timer);
  }
}
