/** Downloads a file that is in memory already. */
export function saveFile(name: string, content: Blob) {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun with the click; its address may go a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** `orders-20261125-220708`: names of files sort by time and hold no character that some system refuses. */
export const timedName = (stem: string, at: Date) =>
  `${stem}-${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`;
