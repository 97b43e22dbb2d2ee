import { StorageFault } from './storage-fault';

type Query = ReadonlyMap<string, string>;

/**
 * Reads a whole number from the query; undefined when absent. Without `least` and `most`, any number of 32 bits.
 * @throws StorageFault
 */
export function wholeNumber(query: Query, name: string, least?: number, most?: number): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^-?\d{1,19}$/.test(text)) throw invalidParameter(name, text, 'Not a whole number.');
  if (least === undefined || most === undefined) {
    if (Math.abs(value) > 2_147_483_647) throw invalidParameter(name, text, 'Not a number of 32 bits.');
  } else if (value < least || value > most) throw outOfRange(name, text, least, most);
  return value;
}

/** @throws StorageFault when it is undefined. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new StorageFault('MissingRequiredQueryParameter', { QueryParameterName: name });
  return value;
}

export const invalidParameter = (name: string, value: string, reason = ''): StorageFault =>
  new StorageFault('InvalidQueryParameterValue', {
    QueryParameterName: name,
    QueryParameterValue: value,
    Reason: reason,
  });

export const outOfRange = (name: string, value: string, least: number, most: number): StorageFault =>
  new StorageFault('OutOfRangeQueryParameterValue', {
    QueryParameterName: name,
    QueryParameterValue: value,
    MinimumAllowed: String(least),
    MaximumAllowed: String(most),
  });
