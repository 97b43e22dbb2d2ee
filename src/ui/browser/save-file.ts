/** Downloads a file that is in memory. */
export function saveFile(name: string, content: Blob) {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The click has started the download, which needs the address for a moment.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** `orders-20261125-220708`: a file name that sorts by time and is valid on every system. */
export const timedName = (stem: string, at: Date) =>
  `${stem}-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
