/** SQLSTATEs that mean: the same attempt may succeed later. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const UNAVAILABLE_STATES: ReadonlyMap<string, string> = new Map([
  ['08000', 'the connection broke'],
  ['08001', 'the connection could not be made'],
  ['08003', 'the connection is gone'],
  ['08004', 'the server refuses the connection'],
  ['08006', 'the connection failed'],
  ['08P01', 'the connection broke in the middle of a message'],
  ['25006', 'the server is read-only, a standby after a failover'],
  ['25P03', 'the transaction was idle for too long'],
  ['25P04', 'the transaction took too long'],
  ['28000', 'the server does not let this user in'],
  ['28P01', 'the server refuses the password'],
  ['3D000', 'the database does not exist'],
  ['53000', 'the server is short of resources'],
  ['53100', 'the disk of the server is full'],
  ['53200', 'the server is out of memory'],
  ['53300', 'the server has too many connections'],
  ['57014', 'the statement took too long and was cancelled'],
  ['57P01', 'the server is shutting down'],
  ['57P02', 'the server crashed and recovers'],
  ['57P03', 'the server is starting or stopping'],
  ['57P05', 'the session was idle for too long'],
]);

/** SQLSTATEs that mean: an administrator has not prepared the database yet, or not for this account. */
export const UNPREPARED_STATES: ReadonlyMap<string, string> = new Map([
  ['3F000', 'its schema is not there, or this account may not use it'],
  ['42501', 'this account may not do that'],
]);

/**
 * SQLSTATEs that mean: a value, not the server or the statement, is the reason. All of class 22, data exceptions, such as 22P02, 22021 and
 * 22P05 for texts, 22003 for numbers, 22008 for times; but a division by zero is a defect.
 */
export const refusesValue = (code: string): boolean => code.startsWith('22') && code !== '22012';

/** SQLSTATEs that mean: two transactions met, and this one was chosen to try again. */
export const CONFLICT_STATES: ReadonlyMap<string, string> = new Map([
  ['40001', 'two transactions could not be put in an order'],
  ['40P01', 'two transactions waited for each other'],
]);
