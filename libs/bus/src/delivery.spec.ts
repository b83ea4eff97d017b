import { AppError, TOPICS, type OutgoingRecord, type RawRecord } from '@collection-sync/core';
import { describe, expect, it } from 'vitest';
import { keptLog } from '../test/kept-log.js';
import { numberOf, state, work } from '../test/records.js';
import { Delivery, HandlerFailure } from './delivery.js';

const raw = (record: OutgoingRecord, value: Buffer | null = Buffer.from(record.value)): RawRecord => ({
  ...record,
  partition: 0,
  offset: '0',
  value,
});
const signal = new AbortController().signal;

/** A delivery whose dead letters go where `publish` puts them. */
const delivery = (publish: (record: OutgoingRecord) => Promise<void>) => {
  const handled: number[] = [];
  const made = new Delivery({
    service: 'one',
    consumer: 'collection-sync.one',
    publisher: { publish: ([record]) => publish(record!) },
    log: keptLog(),
    handle: async (_topic, records) => void handled.push(...records.map(numberOf)),
  });
  return { handled, deliver: (...raws: RawRecord[]) => made.deliver(raws, signal) };
};
const unreadable = raw(work(1, 2), Buffer.alloc(600_000, 'x'));

describe('a delivery', () => {
  it('dead-letters a body that is not UTF-8, though it would be JSON with replaced characters', async () => {
    const letters: OutgoingRecord[] = [];
    const { handled, deliver } = delivery(async (record) => void letters.push(record));
    const body = Buffer.concat([
      Buffer.from('{"x":"'),
      Buffer.from([0xff]),
      Buffer.from('",'),
      Buffer.from(work(1, 1).value).subarray(1),
    ]);
    await deliver(raw(work(1, 1), body), raw(work(1, 2)));
    expect(handled).toEqual([2]);
    expect(JSON.parse(letters[0]!.value)).toMatchObject({
      why: 'the body is not UTF-8',
      topic: TOPICS.directoryChange,
    });
  });

  it('asks for its records again while the dead-letter topic cannot be written', async () => {
    const { deliver } = delivery(() => Promise.reject(new AppError('BUS_UNAVAILABLE', 'away')));
    await expect(deliver(raw(work(1, 1)), unreadable)).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
  });

  it('cuts the copy further when the dead-letter topic refuses it', async () => {
    const letters: OutgoingRecord[] = [];
    const { deliver } = delivery(async (record) => {
      if (record.value.length > 100_000) throw new AppError('BUS_RECORD_REFUSED', 'too large');
      letters.push(record);
    });
    await deliver(unreadable);
    expect(JSON.parse(letters[0]!.value)).toMatchObject({ cut: true });
  });

  it('never skips a record whose copy is refused however small', async () => {
    const { deliver } = delivery(() => Promise.reject(new AppError('BUS_RECORD_REFUSED', 'too large')));
    await expect(deliver(unreadable)).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE', retryable: true });
  });

  it('lets tombstones of a compacted topic pass, and dead-letters a record of work without a body', async () => {
    const letters: OutgoingRecord[] = [];
    const { handled, deliver } = delivery(async (record) => void letters.push(record));
    await deliver(raw(state('a', 1), null), raw(state('b', 2)));
    await deliver(raw(work(1, 3), null), raw(work(1, 4)));
    expect(handled).toEqual([2, 4]);
    expect(letters.map(({ value }) => (JSON.parse(value) as { why: string }).why)).toEqual(['the record has no body']);
  });

  it.each(['DATABASE_VALUE_REFUSED', 'BUS_RECORD_REFUSED'] as const)(
    'puts aside the one record that is refused with %s, and handles the others',
    async (code) => {
      const letters: OutgoingRecord[] = [];
      const handled: number[] = [];
      const made = new Delivery({
        service: 'one',
        consumer: 'collection-sync.one',
        publisher: { publish: async ([record]) => void letters.push(record!) },
        log: keptLog(),
        handle: async (_topic, records) => {
          if (records.some((record) => numberOf(record) === 2)) throw new AppError(code, 'refused');
          handled.push(...records.map(numberOf));
        },
      });
      await made.deliver(
        [1, 2, 3].map((number) => raw(work(1, number))),
        signal,
      );
      expect(handled).toEqual([1, 3]);
      expect(letters.map(({ value }) => JSON.parse(value) as object)).toMatchObject([{ code, why: 'refused' }]);
    },
  );

  it('tells a defect of the handler from what time heals', async () => {
    const failing = (error: unknown) =>
      new Delivery({
        service: 'one',
        consumer: 'one',
        publisher: { publish: async () => {} },
        log: keptLog(),
        handle: () => Promise.reject(error),
      }).deliver([raw(work(1, 1))], signal);
    const transient = new AppError('DATABASE_UNAVAILABLE', 'away');
    const defect = new AppError('INTERNAL', 'defect');
    await expect(failing(transient)).rejects.toBe(transient);
    await expect(failing(defect)).rejects.toMatchObject({ constructor: HandlerFailure, cause: defect });
  });
});
