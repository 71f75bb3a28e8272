import type { CohortMember, CohortMembers, CohortsCapability } from '../../analytics/cohorts.ts';
import type { Clock } from '../../analytics/deadline.ts';
import type { NativeAnswers } from '../../analytics/native-files.ts';
import type { GrowingioClient, SegmentUsers } from './client.ts';
import { toDay } from './days.ts';
import { MAX_ROWS, toCompleteness } from './freshness.ts';
import { malformed } from './malformed.ts';
import { parseSeparatedText, type SeparatedText } from './separated-text.ts';
import { toUniqueNames } from './unique-names.ts';

/** Given a client, return the segments of its project as cohorts. */
export function createCohorts(client: GrowingioClient, clock: Clock): CohortsCapability & NativeAnswers<'cohorts'> {
  return {
    nativeFiles: { maxRows: MAX_ROWS, list: client.findUsersFiles, download: client.fetchUsersFile },
    async listCohorts(deadline) {
      const segments = await client.fetchSegmentations(deadline);
      return segments.map(({ id, name, userNum = null, userType = null, updatedAt }) => ({
        nativeId: id,
        name,
        size: userNum,
        userKind: userType,
        updatedAt: toDay(updatedAt),
      }));
    },
    async readMembers(cohortId, deadline) {
      const members = readUsers(await client.fetchSegmentUsers(cohortId, deadline));
      const freshness = {
        asOf: clock.now(),
        fromCache: false,
        // Who is in a segment is worked out again and again.
        isSettled: false,
        completeness: toCompleteness(members.members.length),
        completeUntil: null,
      };
      return { ...members, freshness };
    },
  };
}

function readUsers({ texts, path }: SegmentUsers): Omit<CohortMembers, 'freshness'> {
  const parts = texts.map((text) => parsePart(text, path));
  const header = parts[0]?.header ?? [];
  if (parts.some((part) => part.header.join('\n') !== header.join('\n'))) {
    throw malformed(path, 'expected the same header in every part');
  }
  const [idName = '', ...attributeNames] = header;
  return {
    idName,
    attributeNames: toUniqueNames(attributeNames),
    members: parts.flatMap(({ rows }) =>
      rows.map((cells, index) => toMember(cells, header.length, `${path}[${index}]`)),
    ),
  };
}

function parsePart(text: string, path: string): SeparatedText {
  const parsed = parseSeparatedText(text);
  if (parsed) return parsed;
  throw malformed(path, 'expected a header');
}

/** A row may end early: what is not said about a user is null. */
function toMember([userId = '', ...attributes]: readonly string[], width: number, path: string): CohortMember {
  if (userId === '') throw malformed(path, 'expected the id of a user');
  if (attributes.length >= width) throw malformed(path, `expected at most ${width} cells`);
  return {
    userId,
    attributes: Array.from({ length: width - 1 }, (_, index) => attributes[index] || null),
  };
}
