import { language } from './language.js';

/** Names the time zone. */
const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'long' });
const exact = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

/** Such as `Europe/Berlin`: the zone of all times that are shown. */
export const timeZone = dateTime.resolvedOptions().timeZone;

export const fullTime = (at: string): string => dateTime.format(new Date(at));
export const clockTime = (at: string | Date): string => clock.format(new Date(at));
/** With seconds. */
export const exactTime = (at: string | Date): string => exact.format(new Date(at));
export const shortDay = (at: Date): string => day.format(at);

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Such as "5 minutes ago", counted from `now` in ms. */
export const ago = (at: string, now: number): string => {
  const seconds = Math.min(0, (new Date(at).getTime() - now) / 1_000);
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
  return relative.format(Math.round(seconds / size), unit);
};

/** Such as "1 h 5 min", with one or two units. */
export const duration = (seconds: number): string => {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600)
    return whole % 60 && whole < 600
      ? `${Math.floor(whole / 60)} min ${whole % 60} s`
      : `${Math.round(whole / 60)} min`;
  const minutes = Math.round(whole / 60);
  if (minutes < 1_440) return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
  return `${Math.round(minutes / 1_440)} d`;
};
