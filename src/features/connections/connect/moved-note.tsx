/** Says that the local server is at another port than usual, where nothing is that was kept at the usual one. */
export function MovedNote() {
  const port = document.querySelector<HTMLMetaElement>('meta[name="queuescope-usual-port"]')?.content;
  if (port === undefined) return null;
  return (
    <p role="status" className="rounded-8 border border-info-line bg-info-tint px-3 py-2">
      Port {port} was taken when the local server started. Connections that are kept at http://127.0.0.1:{port} are not
      at this address.
    </p>
  );
}
