import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { RelayRefusal, type Target } from './relay-target';

export type Address = { address: string; family: number };
export type Resolve = (hostname: string) => Promise<Address[]>;

/** Every address of a name. */
export const resolveName: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

type Subnet = [net: string, bits: number];

function blockList(v4: Subnet[], v6: Subnet[]): BlockList {
  const list = new BlockList();
  for (const [net, bits] of v4) list.addSubnet(net, bits, 'ipv4');
  for (const [net, bits] of v6) list.addSubnet(net, bits, 'ipv6');
  return list;
}

/** Where a cloud answers for the machine itself, or where nobody does: never, whoever asks. */
const FORBIDDEN = blockList(
  [
    ['0.0.0.0', 8],
    ['169.254.0.0', 16],
    // Azure's own, inside its virtual machines.
    ['168.63.129.16', 32],
    ['192.0.0.0', 24],
    ['224.0.0.0', 3],
  ],
  [
    ['::', 128],
    ['fe80::', 10],
    ['fec0::', 10],
    ['ff00::', 8],
    ['fd00:ec2::', 32],
  ],
);

/** This machine and the networks around it: for hosts that were named at start alone. */
const PRIVATE = blockList(
  [
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['192.0.2.0', 24],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
  ],
  [
    // IPv4 in its oldest clothes, and this machine.
    ['::', 96],
    ['fc00::', 7],
    ['2001:db8::', 32],
    ['100::', 64],
  ],
);

const LOOPBACK = blockList([['127.0.0.0', 8]], [['::1', 128]]);

/**
 * The addresses to connect to. The connection takes these and does not look the name up again, so that it cannot lead
 * elsewhere in between.
 * @throws RelayRefusal when there is none, or when one of them is not for this target
 */
export async function addressesOf(
  { hostname, kind }: Pick<Target, 'hostname' | 'kind'>,
  resolve: Resolve,
): Promise<Address[]> {
  // Names under localhost are this machine's by their definition (RFC 6761), whatever a resolver says.
  const name = kind === 'loopback' && isIP(hostname) === 0 ? '127.0.0.1' : hostname;
  const addresses = isIP(name) === 0 ? await resolved(name, resolve) : [{ address: name, family: isIP(name) }];
  for (const { address } of addresses) check(address, hostname, kind);
  return addresses;
}

async function resolved(hostname: string, resolve: Resolve): Promise<Address[]> {
  const addresses = await resolve(hostname).catch(() => []);
  if (addresses.length > 0) return addresses;
  throw new RelayRefusal(502, 'unreachable', `There is no address for ${hostname}.`, 'none');
}

function check(address: string, hostname: string, kind: Target['kind']): void {
  const plain = unmapped(address);
  const isIn = (list: BlockList) => list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
  const isAllowed =
    isIP(plain) !== 0 &&
    !isIn(FORBIDDEN) &&
    (kind === 'named' || (kind === 'loopback' ? isIn(LOOPBACK) : !isIn(PRIVATE) && !isTranslated(plain)));
  if (isAllowed) return;
  const remedy =
    kind === 'azure' && isIn(PRIVATE) ? ` If that is its private endpoint, start with --relay-host ${hostname}.` : '';
  throw new RelayRefusal(403, 'address', `${hostname} leads to ${plain}, which is not on the internet.${remedy}`);
}

/** An IPv4 address in IPv6 clothes (mapped, or of a network's NAT64) is judged as what it is. */
function unmapped(address: string): string {
  const dotted = /^(?:0*:){2,5}(?:ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dotted) return dotted;
  const [, high, low] = /^(?:(?:0*:){2,5}ffff:|64:ff9b::)([\da-f]{1,4}):([\da-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}

/** IPv6 addresses that carry an IPv4 one (6to4, Teredo, NAT64), which may be a private one. */
const isTranslated = (address: string): boolean => /^(?:2002:|2001:0{0,4}:|64:ff9b:)/i.test(address);
