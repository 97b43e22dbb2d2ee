import { isAvro } from './avro';
import { isDataContract } from './datacontract';
import { isZip } from './zip';

export { namedBytes } from './named';

/** The container that these bytes begin as, and that can be opened; undefined for all others. */
export function containerOf(bytes: Uint8Array): 'zip' | 'avro' | 'datacontract' | undefined {
  if (isZip(bytes)) return 'zip';
  if (isAvro(bytes)) return 'avro';
  return isDataContract(bytes) ? 'datacontract' : undefined;
}
