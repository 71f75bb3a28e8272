import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

import { toCsv } from './csv.ts';
import type { Ledger } from './ledger/ledger.ts';
import { answerAnalytics } from './reports/analytics.ts';
import { answerCohort } from './reports/cohorts.ts';
import { answerConversion } from './reports/conversion.ts';
import { answerFunnel } from './reports/funnel.ts';
import { answerLtv } from './reports/ltv.ts';
import { toQuestion } from './reports/question.ts';
import type { Answer, Question } from './reports/question.ts';
import { answerRetention } from './reports/retention.ts';
import { refuse } from './requests/api-error.ts';
import { parseRequest } from './requests/parse-request.ts';
import type { CommonBody } from './requests/parse-request.ts';
import { createSchemas } from './requests/schemas.ts';
import type { ApiVersion } from './requests/schemas.ts';

/** What the routes answer from. */
export interface ApiOptions {
  /** Asked for with the first request. */
  readonly readLedger: () => Ledger;
  readonly clock: () => number;
  readonly version: ApiVersion;
}

/** Adds the six endpoints, the same addresses in both versions. */
export function addRoutes(app: FastifyInstance, { readLedger, clock, version }: ApiOptions): void {
  const schemas = createSchemas(version);
  function add<Body extends CommonBody>(
    name: string,
    schema: z.ZodType<Body>,
    answer: (question: Question<Body>) => Answer,
  ): void {
    app.post(`/api/v1/client-api/metrics/${name}/`, async (request, reply) => {
      assertJson(request);
      const parsed = parseRequest(schema, request, { name, version });
      return send(reply, answer(toQuestion(parsed, { ledger: readLedger(), nowMs: clock() })), parsed.isCsv);
    });
  }
  add('analytics', schemas.analytics, answerAnalytics);
  add('cohort', schemas.cohort, answerCohort);
  add('conversion', schemas.conversion, answerConversion);
  add('funnel', schemas.funnel, answerFunnel);
  add('ltv', schemas.ltv, answerLtv);
  add('retention', schemas.retention, answerRetention);
}

// The header is documented as wanted; how its absence is refused is not, so it is as the framework behind would.
function assertJson({ headers }: FastifyRequest): void {
  const type = headers['content-type'] ?? '';
  if (type.split(';')[0]?.trim().toLowerCase() === 'application/json') return;
  throw refuse(415, 'unsupported_media_type', `Unsupported media type "${type}" in request.`);
}

function send(reply: FastifyReply, { json, table }: Answer, isCsv: boolean): FastifyReply {
  return isCsv ? reply.type('text/csv; charset=utf-8').send(toCsv(table)) : reply.send(json);
}
