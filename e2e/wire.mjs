// What a page costs: bytes on the wire as Chromium counts them, and how far things jumped while it loaded.

/** Listens to a page; `bytes()` gives what came for it since it was gone to, as `[{ kind, path, bytes }]`, without what lay in the cache. */
export async function wire(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const asked = new Map();
  let came = [];
  // Chromium may tell that a page has come whole after it has told of the next one.
  let present;
  session.on('Network.responseReceived', ({ requestId, loaderId, type, response }) => {
    if (type === 'Document') [present, came] = [loaderId, []];
    asked.set(requestId, { loaderId, type, response });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { loaderId, type, response } = asked.get(requestId) ?? {};
    if (!response || loaderId !== present || response.fromDiskCache || response.fromPrefetchCache || response.url.startsWith('data:')) return;
    came.push({ kind: type, path: new URL(response.url).pathname, bytes: encodedDataLength });
  });
  return { bytes: () => came };
}

/** The sum over those of the given kinds, or over all; in KB of 1,000 bytes. */
export const weight = (came, ...kinds) =>
  came.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).reduce((sum, { bytes }) => sum + bytes, 0) / 1000;

/**
 * What jumped on the page so far, apart from what a person's own press moved: "0.02 aside.margin"; empty if the sum of it is 0.00,
 * which is how layout shift is counted.
 */
export const jumps = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const all = [];
        let sum = 0;
        const named = ({ node }) => node && `${node.nodeName.toLowerCase()}.${node.className || node.parentElement?.className || ''}`;
        const watch = new PerformanceObserver((list) => {
          for (const { hadRecentInput, value, sources } of list.getEntries()) {
            if (hadRecentInput) continue;
            sum += value;
            all.push(`${value.toFixed(4)} ${sources.map(named).join(', ')}`);
          }
        });
        watch.observe({ type: 'layout-shift', buffered: true });
        // Two frames later everything that was buffered has been told.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum < 0.005 ? '' : all.join('; ')))));
      }),
  );
