import { InvalidArgumentError } from 'commander';

/** A whole number from 1. */
export const count = (text: string): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number, at least 1.');
  return value;
};

export const number = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
};

/** A date or an ISO time, as an ISO time in UTC. */
export const time = (text: string): string => {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It must be a date or an ISO time: 2026-01-31T08:00Z.');
  return at.toISOString();
};

export const address = (text: string): string => {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('It must begin with https:// or http://.');
  return text.replace(/\/+$/, '');
};
