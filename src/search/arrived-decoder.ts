import { insist } from '@/parts/insist';

/** The decoder, once its code and the file of its worker are here; they are asked for until they are. */
export const arrivedDecoder = () =>
  insist(async () => {
    const { decoder } = await import('./decode-client');
    await decoder.arrived();
    return decoder;
  });
