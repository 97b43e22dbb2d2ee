import { exactly } from '../../../words/counts';
import { bytesToBase64 } from '../base64';
import { type Budget, MAX_DEPTH, Stopped, spend, TOO_DEEP } from '../budget';
import type { Content, Decoded } from '../model';

const NAMESPACE = 'http://schemas.microsoft.com/2003/10/Serialization/';

/** True for bytes that begin with an element of .NET's binary XML that has a name and a namespace. */
export function isDataContract(bytes: Uint8Array): boolean {
  const size = bytes[1] ?? 0;
  if (bytes[0] !== 0x40 || size === 0 || size > 0x7f || bytes.length < size + 5) return false;
  for (let at = 2; at < 2 + size; at++) if (!isNameByte(bytes[at] ?? 0)) return false;
  const after = bytes[2 + size];
  const isNamespace = (after === 0x08 || after === 0x09) && (bytes[3 + size] ?? 0) > 0;
  return isNamespace && (bytes[after === 0x08 ? 4 + size : 5 + size] ?? 0) >= 0x20;
}

const isNameByte = (byte: number) =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f;

class Damaged extends Error {}

/**
 * Reads binary XML of .NET ([MC-NBFX], without its dictionary), as `DataContractSerializer` and the older Service Bus SDKs
 * write it: the text or the bytes in one `string` or `base64Binary`, else the XML.
 */
export function decodeDataContract(bytes: Uint8Array<ArrayBuffer>, budget: Budget): Decoded {
  if (!isDataContract(bytes)) return { problem: 'Not DataContract: it does not begin with an element of binary XML.' };
  try {
    const { xml, only, root, isPart } = read(bytes, budget);
    const label = root === undefined ? 'DataContract' : `DataContract, ${root}`;
    const problem = isPart ? { problem: 'The binary XML is cut off or damaged.' } : {};
    return { content: only ?? xml, label, ...problem };
  } catch (error) {
    if (error instanceof Stopped) return { problem: `Stopped: ${error.message}.`, stopped: error.message };
    if (error instanceof Damaged) return { problem: `Not DataContract: ${error.message}.` };
    throw error;
  }
}

type Read = { xml: string; only?: Content; root: string | undefined; isPart: boolean };

function read(bytes: Uint8Array<ArrayBuffer>, budget: Budget): Read {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const open: string[] = [];
  const parts: string[] = [];
  const contents: Content[] = [];
  let [at, elements, isTagOpen, isOfNet] = [0, 0, false, false];
  let root: string | undefined;

  const pass = (size: number) => {
    if (at + size > bytes.length)
      throw new Damaged(`it announces ${exactly(size, 'byte')} and has ${bytes.length - at}`);
    at += size;
    return at - size;
  };
  const byte = () => view.getUint8(pass(1));
  function sizeHere(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const one = byte();
      value += (one & 0x7f) * 2 ** shift;
      if (one < 0x80) return value;
    }
    throw new Damaged('a length has no end');
  }
  const text = (length = sizeHere()) => {
    const start = pass(length);
    return UTF8.decode(bytes.subarray(start, at));
  };
  const write = (xml: string) => {
    spend(budget, 1 + Math.floor(xml.length / 16));
    parts.push(xml);
  };
  const content = (xml: string) => {
    if (isTagOpen) write('>');
    isTagOpen = false;
    write(xml);
  };
  function element(name: string) {
    content(`<${name}`);
    if (open.length >= MAX_DEPTH) throw new Stopped(TOO_DEEP);
    open.push(name);
    root ??= name;
    elements++;
    isTagOpen = true;
  }
  function close() {
    const name = open.pop();
    if (name !== undefined) content(`</${name}>`);
  }
  /** A text record without its lowest bit, which closes the element. */
  function textOf(type: number): Content {
    const lengthOf = (kind: number) =>
      kind === 0 ? byte() : kind === 2 ? view.getUint16(pass(2), true) : view.getUint32(pass(4), true);
    if (type === 0x80) return '0';
    if (type === 0x82) return '1';
    if (type === 0x84 || type === 0x86) return String(type === 0x86);
    if (type === 0x88) return String(view.getInt8(pass(1)));
    if (type === 0x8a) return String(view.getInt16(pass(2), true));
    if (type === 0x8c) return String(view.getInt32(pass(4), true));
    if (type === 0x8e) return String(view.getBigInt64(pass(8), true));
    if (type === 0x90) return String(view.getFloat32(pass(4), true));
    if (type === 0x92) return String(view.getFloat64(pass(8), true));
    if (type === 0x96) return dateOf(view.getBigUint64(pass(8), true));
    if (type >= 0x98 && type <= 0x9c) return text(lengthOf(type - 0x98));
    if (type >= 0x9e && type <= 0xa2) {
      const start = pass(lengthOf(type - 0x9e));
      return bytes.slice(start, at);
    }
    if (type === 0xa8) return '';
    if (type === 0xb0 || type === 0xac) return guidOf(view, pass(16));
    if (type === 0xb2) return String(view.getBigUint64(pass(8), true));
    if (type === 0xb4) return String(byte() !== 0);
    if (type >= 0xb6 && type <= 0xba) {
      const start = pass(lengthOf(type - 0xb6));
      return UTF16.decode(bytes.subarray(start, at));
    }
    throw new Damaged(`a record 0x${type.toString(16)}, which needs a dictionary`);
  }
  function attribute(name: string) {
    write(` ${name}="${xmlOf(textOf(byte() & 0xfe))}"`);
  }
  function record() {
    const type = byte();
    if (type === 0x01) return close();
    if (type === 0x04) return attribute(text());
    if (type === 0x05) return attribute(`${text()}:${text()}`);
    if (type >= 0x26 && type <= 0x3f) return attribute(`${String.fromCharCode(0x61 + type - 0x26)}:${text()}`);
    if (type === 0x08 || type === 0x09) {
      const prefix = type === 0x09 ? `:${text()}` : '';
      const namespace = text();
      isOfNet ||= namespace === NAMESPACE;
      return write(` xmlns${prefix}="${escaped(namespace)}"`);
    }
    if (type === 0x40) return element(text());
    if (type === 0x41) return element(`${text()}:${text()}`);
    if (type >= 0x5e && type <= 0x77) return element(`${String.fromCharCode(0x61 + type - 0x5e)}:${text()}`);
    if (type < 0x80) throw new Damaged(`a record 0x${type.toString(16)}, which needs a dictionary`);
    const shown = textOf(type & 0xfe);
    contents.push(shown);
    content(xmlOf(shown));
    if (type & 1) close();
  }

  let isPart = false;
  try {
    while (at < bytes.length) record();
  } catch (error) {
    if (!(error instanceof Damaged) || parts.length < 2) throw error;
    isPart = true;
  }
  // Some writers leave the end of the last element out.
  while (open.length > 0) close();
  const [only] = contents;
  const isOnly = elements === 1 && contents.length === 1 && isOfNet;
  return { xml: parts.join(''), root, isPart, ...(isOnly && only !== undefined && { only }) };
}

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF16 = new TextDecoder('utf-16le');

const xmlOf = (content: Content) => escaped(typeof content === 'string' ? content : bytesToBase64(content));

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Ticks of 100 ns since the year 1; the two highest bits tell the zone. */
function dateOf(ticks: bigint): string {
  const ms = Number((ticks & 0x3fff_ffff_ffff_ffffn) / 10_000n) - 62_135_596_800_000;
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ticks) : date.toISOString();
}

const hex = (value: number, size: number) => value.toString(16).padStart(size, '0');

/** A GUID, whose first three parts .NET writes with the last byte first. */
function guidOf(view: DataView, at: number): string {
  const tail = Array.from({ length: 8 }, (_, index) => hex(view.getUint8(at + 8 + index), 2)).join('');
  const first = hex(view.getUint32(at, true), 8);
  return `${first}-${hex(view.getUint16(at + 4, true), 4)}-${hex(view.getUint16(at + 6, true), 4)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
