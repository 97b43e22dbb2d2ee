import type { expandTemplate } from '@/bulk/files/template';
import { count } from '@/ui/format/counts';

export type Preview = ReturnType<typeof expandTemplate> & { counter: number };

/** The texts of some copies, and the placeholders in them that are not known. */
export function CopiesPreview({ previews }: { previews: readonly Preview[] }) {
  const unknown = previews[0]?.unknown ?? [];
  return (
    <section aria-label="Preview" className="grid gap-1.5">
      <h3 className="text-12 font-semibold">Preview</h3>
      <ol className="divide-y divide-line rounded-8 border border-line">
        {previews.map((preview) => (
          <li key={preview.counter} className="flex gap-3 px-3 py-1.5 text-12">
            <span className="flex-none text-text-3">{count(preview.counter)}</span>
            <span className="line-clamp-2 min-w-0 font-mono break-all">{preview.text}</span>
          </li>
        ))}
      </ol>
      {unknown.length > 0 && (
        <p role="status" className="text-12 text-warn">
          Not a placeholder: {unknown.join(', ')}. Sent as it is written.
        </p>
      )}
    </section>
  );
}
