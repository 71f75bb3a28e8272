/** Given what opens a thing, return what opens it with the first call and gives the same to all; where it failed, the next call tries again. */
export function openOnce<T>(open: () => Promise<T>): { get(): Promise<T>; opened(): Promise<T> | null } {
  let opening: Promise<T> | null = null;
  return {
    get() {
      opening ??= open().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      return opening;
    },
    opened: () => opening,
  };
}
