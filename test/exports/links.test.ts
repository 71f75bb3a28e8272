import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamExport } from '../../src/analytics/exports.ts';
import { ProviderRejectedError } from '../../src/errors.ts';
import { cutIntoFiles, fileOf, rowsOf, serve, type Asked, type Behaviour } from './fake-exports.ts';
import { NOON, openExports, type OpenedExports } from './open-exports.ts';

let exports: OpenedExports;

beforeAll(async () => (exports = await openExports()));
afterAll(() => exports.close());

const DAY = rowsOf(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2));

interface Listing {
  /** How many files it has. */
  readonly files?: number;
  /** Rows of a file as they are announced. */
  readonly announce?: (rows: number) => number | null;
  readonly expiresAt?: number | null;
  /** What the provider answers in the place of a listing. */
  readonly instead?: () => UpstreamExport;
}

/** Which links are refused, such as `1/0?2`: export, file and listing. */
let refused: ReadonlySet<string>;
/** The listings of the first export, in order; others, and later ones, are as the last but nothing is wrong with them. */
let listings: readonly Listing[];

function answer(asked: Asked): UpstreamExport {
  const isFirst = asked.id.endsWith('-1');
  const { files = 3, announce = () => null, expiresAt = null, instead } = (isFirst && listings[asked.checks - 1]) || {};
  if (instead) return instead();
  return {
    state: 'READY',
    files: cutIntoFiles(DAY, files).map((content, index) => ({
      // The number of the listing makes it another link; files are named by how many there are, so that their contents are theirs.
      url: `https://files.example/${asked.id}/${files}-${index}?${asked.checks}`,
      expiresAt,
      rowCount: announce(content.trimEnd().split('\n').length - 1),
    })),
  };
}

const download: Behaviour['download'] = (_content, from) => {
  const { name = '' } = exports.provider.downloads.at(-1) ?? {};
  const [, link = '', files = '', file = ''] = /^\d+-(\d+\/(\d+)-(\d+)\?\d+)$/.exec(name) ?? [];
  if (refused.has(link)) throw new ProviderRejectedError('The link has ended.');
  return serve(Buffer.from(cutIntoFiles(DAY, Number(files))[Number(file)] ?? ''), from);
};

beforeEach(() => {
  refused = new Set();
  listings = [];
  exports.provider.behave({ check: answer, download });
});

/** Export, see that the rows are right, and return the links that were opened, in order. */
async function runAndList(): Promise<string[]> {
  const task = await exports.run();
  expect(task).toMatchObject({ state: 'SUCCEEDED', failure: null });
  expect((await exports.read(task)).bytes.toString()).toBe(fileOf(DAY));
  return exports.provider.downloads.map(({ name }) => name.replace(/^\d+-/, ''));
}

const askedCount = () => exports.provider.asked.length;

describe('a link that is refused', () => {
  it('is asked for again, and what is on disk stays', async () => {
    refused = new Set(['1/3-1?1']);
    expect(await runAndList()).toEqual(['1/3-0?1', '1/3-1?1', '1/3-1?2', '1/3-2?2']);
    expect(askedCount()).toBe(1);
  });

  it('is asked for again as often as one ends', async () => {
    refused = new Set(['1/3-0?1', '1/3-1?2', '1/3-2?3']);
    expect(await runAndList()).toEqual(['1/3-0?1', '1/3-0?2', '1/3-1?2', '1/3-1?3', '1/3-2?3', '1/3-2?4']);
    expect(askedCount()).toBe(1);
  });

  it('costs a new export where the next one is refused as well', async () => {
    refused = new Set(['1/3-1?1', '1/3-1?2']);
    expect(await runAndList()).toEqual(['1/3-0?1', '1/3-1?1', '1/3-1?2', '2/3-0?1', '2/3-1?1', '2/3-2?1']);
    expect(askedCount()).toBe(2);
  });

  it('costs everything on disk where the files are others', async () => {
    refused = new Set(['1/3-1?1']);
    listings = [{}, { files: 2 }];
    expect(await runAndList()).toEqual(['1/3-0?1', '1/3-1?1', '1/2-0?2', '1/2-1?2']);
    expect(askedCount()).toBe(1);
  });

  it('costs everything on disk where the files have other rows', async () => {
    refused = new Set(['1/3-1?1']);
    // The first listing does not count them: nobody knows whether they are the same.
    listings = [{}, { announce: (rows) => rows }];
    expect(await runAndList()).toEqual(['1/3-0?1', '1/3-1?1', '1/3-0?2', '1/3-1?2', '1/3-2?2']);
  });

  it('costs nothing on disk where the files have the same rows', async () => {
    refused = new Set(['1/3-1?1']);
    listings = [{ announce: (rows) => rows }, { announce: (rows) => rows }];
    expect(await runAndList()).toEqual(['1/3-0?1', '1/3-1?1', '1/3-1?2', '1/3-2?2']);
  });

  it('is not tried again where the provider has no other', async () => {
    exports.provider.behave({
      filesOf: () => cutIntoFiles(DAY, 3),
      check: (_asked, ready) => ready(),
      download: (content = Buffer.alloc(0), from) => {
        if (exports.provider.downloads.length === 2) throw new ProviderRejectedError('The link has ended.');
        return serve(content, from);
      },
    });
    expect(await runAndList()).toEqual(['1/0', '1/1', '2/0', '2/1', '2/2']);
  });

  it.each<[string, () => UpstreamExport]>([
    ['no longer knows the export', () => ({ state: 'FAILED', message: 'Unknown.', isRepeatable: true })],
    ['was told to end the export', () => ({ state: 'FAILED', message: 'Cancelled.', isRepeatable: false })],
    ['says that it is still to come', () => ({ state: 'RUNNING', progress: null })],
    [
      'refuses to speak of the export',
      () => {
        throw new ProviderRejectedError('There is no such export.');
      },
    ],
  ])('costs a new export where the provider %s', async (_what, instead) => {
    refused = new Set(['1/3-1?1']);
    listings = [{}, { instead }];
    expect(await runAndList()).toEqual(['1/3-0?1', '1/3-1?1', '2/3-0?1', '2/3-1?1', '2/3-2?1']);
  });

  it('fails the export after three new ones', async () => {
    const onDownload: Behaviour['download'] = () => {
      throw new ProviderRejectedError('The link has ended.');
    };
    exports.provider.behave({ check: answer, download: onDownload });
    expect(await exports.run()).toMatchObject({
      state: 'FAILED',
      failure: { code: 'PROVIDER_UNAVAILABLE', message: 'The link has ended.', isRetryable: true },
    });
    expect(askedCount()).toBe(4);
  });
});

describe('a link whose time is over', () => {
  it('is asked for again before it is opened', async () => {
    listings = [{ expiresAt: NOON - 1 }, { expiresAt: NOON + 400 * 86_400_000 }];
    expect(await runAndList()).toEqual(['1/3-0?2', '1/3-1?2', '1/3-2?2']);
    expect(askedCount()).toBe(1);
  });

  it('is opened all the same where the provider has no other: its clock counts', async () => {
    listings = [{ expiresAt: NOON - 1 }, { expiresAt: NOON - 1 }, { expiresAt: NOON - 1 }, { expiresAt: NOON - 1 }];
    expect(await runAndList()).toEqual(['1/3-0?2', '1/3-1?3', '1/3-2?4']);
    expect(askedCount()).toBe(1);
  });

  it('costs a new export where the provider gives another that is refused', async () => {
    listings = [{ expiresAt: NOON - 1 }, {}];
    refused = new Set(['1/3-0?2']);
    expect(await runAndList()).toEqual(['1/3-0?2', '2/3-0?1', '2/3-1?1', '2/3-2?1']);
    expect(askedCount()).toBe(2);
  });

  it('costs a new export where the provider has lost it', async () => {
    const instead = (): UpstreamExport => ({ state: 'FAILED', message: 'Unknown.', isRepeatable: true });
    listings = [{ expiresAt: NOON - 1 }, { instead }];
    expect(await runAndList()).toEqual(['2/3-0?1', '2/3-1?1', '2/3-2?1']);
  });
});
