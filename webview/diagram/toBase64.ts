/**
 * A file's content as the editor is sent it. Piece by piece: to make one blob of ten megabytes and to read it as a whole stops the page
 * for a tenth of a second.
 */
export async function toBase64(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const texts: string[] = [];
  let rest = new Blob();
  for (const piece of pieces) {
    const blob = new Blob([rest, piece]);
    // Only whole groups of three bytes are letters of their own.
    const whole = blob.size - (blob.size % 3);
    texts.push(await readAsBase64(blob.slice(0, whole)));
    rest = blob.slice(whole);
  }
  return [...texts, await readAsBase64(rest)].join('');
}

function readAsBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const dataUrl = String(reader.result);
      // Of nothing there is no data after a comma.
      resolve(blob.size === 0 ? '' : dataUrl.slice(dataUrl.indexOf(',') + 1));
    };
    reader.onerror = () => reject(reader.error ?? new Error('The picture could not be read.'));
    reader.readAsDataURL(blob);
  });
}
