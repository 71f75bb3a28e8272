/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment TaskProgress on ExportTask {\n    id\n    state\n    phase\n    progress\n    rowCount\n    error {\n      code\n      message\n    }\n    files {\n      name\n      url\n      byteSize\n      sha256\n    }\n  }\n": typeof types.TaskProgressFragmentDoc,
    "\n  mutation CreateExport($input: CreateExportInput!) {\n    createExport(input: $input) {\n      exportTask {\n        ...TaskProgress\n      }\n      userErrors {\n        ...UserErrorLine\n      }\n    }\n  }\n": typeof types.CreateExportDocument,
    "\n  subscription WatchExport($id: ID!) {\n    exportTask(id: $id) {\n      ...TaskProgress\n    }\n  }\n": typeof types.WatchExportDocument,
    "\n  fragment ProblemLine on Problem {\n    code\n    message\n    isRetryable\n    source {\n      key\n    }\n  }\n": typeof types.ProblemLineFragmentDoc,
    "\n  fragment UserErrorLine on UserError {\n    code\n    message\n    path\n  }\n": typeof types.UserErrorLineFragmentDoc,
    "\n  query VisitToTrial($source: String!, $period: PeriodInput!) {\n    funnel(\n      query: {\n        source: $source\n        period: $period\n        steps: [\n          { event: \"session_start\", as: \"visit\" }\n          { event: \"sign_up\", as: \"sign-up\" }\n          { event: \"trial_start\", as: \"trial\" }\n        ]\n        conversionWindow: \"P7D\"\n      }\n    ) {\n      conversionRate\n      problems {\n        ...ProblemLine\n      }\n      csv(options: { lineEnding: LF })\n    }\n  }\n": typeof types.VisitToTrialDocument,
    "\n  fragment PurchaseLine on Event {\n    at\n    userId\n    country\n    revenue\n  }\n": typeof types.PurchaseLineFragmentDoc,
    "\n  query PurchasesPage($source: String!, $period: PeriodInput!, $first: Int!, $after: String) {\n    events(query: { source: $source, period: $period, names: [\"purchase\"] }, first: $first, after: $after) {\n      nodes {\n        ...PurchaseLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.PurchasesPageDocument,
    "\n  query SignUpsByCountry($source: String!, $period: PeriodInput!) {\n    metrics(\n      query: {\n        select: [{ source: $source, metric: { event: { name: \"sign_up\" } }, as: \"sign-ups\" }]\n        period: $period\n        interval: DAY\n        breakdown: [\"country\"]\n        seriesLimit: 3\n        compareTo: { preset: PREVIOUS_PERIOD }\n      }\n    ) {\n      period {\n        firstDay\n        lastDay\n      }\n      series {\n        dimensions {\n          value\n        }\n        total\n        previousTotal\n        values\n      }\n      problems {\n        ...ProblemLine\n      }\n      freshness {\n        completeness\n      }\n    }\n  }\n": typeof types.SignUpsByCountryDocument,
};
const documents: Documents = {
    "\n  fragment TaskProgress on ExportTask {\n    id\n    state\n    phase\n    progress\n    rowCount\n    error {\n      code\n      message\n    }\n    files {\n      name\n      url\n      byteSize\n      sha256\n    }\n  }\n": types.TaskProgressFragmentDoc,
    "\n  mutation CreateExport($input: CreateExportInput!) {\n    createExport(input: $input) {\n      exportTask {\n        ...TaskProgress\n      }\n      userErrors {\n        ...UserErrorLine\n      }\n    }\n  }\n": types.CreateExportDocument,
    "\n  subscription WatchExport($id: ID!) {\n    exportTask(id: $id) {\n      ...TaskProgress\n    }\n  }\n": types.WatchExportDocument,
    "\n  fragment ProblemLine on Problem {\n    code\n    message\n    isRetryable\n    source {\n      key\n    }\n  }\n": types.ProblemLineFragmentDoc,
    "\n  fragment UserErrorLine on UserError {\n    code\n    message\n    path\n  }\n": types.UserErrorLineFragmentDoc,
    "\n  query VisitToTrial($source: String!, $period: PeriodInput!) {\n    funnel(\n      query: {\n        source: $source\n        period: $period\n        steps: [\n          { event: \"session_start\", as: \"visit\" }\n          { event: \"sign_up\", as: \"sign-up\" }\n          { event: \"trial_start\", as: \"trial\" }\n        ]\n        conversionWindow: \"P7D\"\n      }\n    ) {\n      conversionRate\n      problems {\n        ...ProblemLine\n      }\n      csv(options: { lineEnding: LF })\n    }\n  }\n": types.VisitToTrialDocument,
    "\n  fragment PurchaseLine on Event {\n    at\n    userId\n    country\n    revenue\n  }\n": types.PurchaseLineFragmentDoc,
    "\n  query PurchasesPage($source: String!, $period: PeriodInput!, $first: Int!, $after: String) {\n    events(query: { source: $source, period: $period, names: [\"purchase\"] }, first: $first, after: $after) {\n      nodes {\n        ...PurchaseLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.PurchasesPageDocument,
    "\n  query SignUpsByCountry($source: String!, $period: PeriodInput!) {\n    metrics(\n      query: {\n        select: [{ source: $source, metric: { event: { name: \"sign_up\" } }, as: \"sign-ups\" }]\n        period: $period\n        interval: DAY\n        breakdown: [\"country\"]\n        seriesLimit: 3\n        compareTo: { preset: PREVIOUS_PERIOD }\n      }\n    ) {\n      period {\n        firstDay\n        lastDay\n      }\n      series {\n        dimensions {\n          value\n        }\n        total\n        previousTotal\n        values\n      }\n      problems {\n        ...ProblemLine\n      }\n      freshness {\n        completeness\n      }\n    }\n  }\n": types.SignUpsByCountryDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment TaskProgress on ExportTask {\n    id\n    state\n    phase\n    progress\n    rowCount\n    error {\n      code\n      message\n    }\n    files {\n      name\n      url\n      byteSize\n      sha256\n    }\n  }\n"): (typeof documents)["\n  fragment TaskProgress on ExportTask {\n    id\n    state\n    phase\n    progress\n    rowCount\n    error {\n      code\n      message\n    }\n    files {\n      name\n      url\n      byteSize\n      sha256\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateExport($input: CreateExportInput!) {\n    createExport(input: $input) {\n      exportTask {\n        ...TaskProgress\n      }\n      userErrors {\n        ...UserErrorLine\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateExport($input: CreateExportInput!) {\n    createExport(input: $input) {\n      exportTask {\n        ...TaskProgress\n      }\n      userErrors {\n        ...UserErrorLine\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WatchExport($id: ID!) {\n    exportTask(id: $id) {\n      ...TaskProgress\n    }\n  }\n"): (typeof documents)["\n  subscription WatchExport($id: ID!) {\n    exportTask(id: $id) {\n      ...TaskProgress\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProblemLine on Problem {\n    code\n    message\n    isRetryable\n    source {\n      key\n    }\n  }\n"): (typeof documents)["\n  fragment ProblemLine on Problem {\n    code\n    message\n    isRetryable\n    source {\n      key\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserErrorLine on UserError {\n    code\n    message\n    path\n  }\n"): (typeof documents)["\n  fragment UserErrorLine on UserError {\n    code\n    message\n    path\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query VisitToTrial($source: String!, $period: PeriodInput!) {\n    funnel(\n      query: {\n        source: $source\n        period: $period\n        steps: [\n          { event: \"session_start\", as: \"visit\" }\n          { event: \"sign_up\", as: \"sign-up\" }\n          { event: \"trial_start\", as: \"trial\" }\n        ]\n        conversionWindow: \"P7D\"\n      }\n    ) {\n      conversionRate\n      problems {\n        ...ProblemLine\n      }\n      csv(options: { lineEnding: LF })\n    }\n  }\n"): (typeof documents)["\n  query VisitToTrial($source: String!, $period: PeriodInput!) {\n    funnel(\n      query: {\n        source: $source\n        period: $period\n        steps: [\n          { event: \"session_start\", as: \"visit\" }\n          { event: \"sign_up\", as: \"sign-up\" }\n          { event: \"trial_start\", as: \"trial\" }\n        ]\n        conversionWindow: \"P7D\"\n      }\n    ) {\n      conversionRate\n      problems {\n        ...ProblemLine\n      }\n      csv(options: { lineEnding: LF })\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PurchaseLine on Event {\n    at\n    userId\n    country\n    revenue\n  }\n"): (typeof documents)["\n  fragment PurchaseLine on Event {\n    at\n    userId\n    country\n    revenue\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PurchasesPage($source: String!, $period: PeriodInput!, $first: Int!, $after: String) {\n    events(query: { source: $source, period: $period, names: [\"purchase\"] }, first: $first, after: $after) {\n      nodes {\n        ...PurchaseLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query PurchasesPage($source: String!, $period: PeriodInput!, $first: Int!, $after: String) {\n    events(query: { source: $source, period: $period, names: [\"purchase\"] }, first: $first, after: $after) {\n      nodes {\n        ...PurchaseLine\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SignUpsByCountry($source: String!, $period: PeriodInput!) {\n    metrics(\n      query: {\n        select: [{ source: $source, metric: { event: { name: \"sign_up\" } }, as: \"sign-ups\" }]\n        period: $period\n        interval: DAY\n        breakdown: [\"country\"]\n        seriesLimit: 3\n        compareTo: { preset: PREVIOUS_PERIOD }\n      }\n    ) {\n      period {\n        firstDay\n        lastDay\n      }\n      series {\n        dimensions {\n          value\n        }\n        total\n        previousTotal\n        values\n      }\n      problems {\n        ...ProblemLine\n      }\n      freshness {\n        completeness\n      }\n    }\n  }\n"): (typeof documents)["\n  query SignUpsByCountry($source: String!, $period: PeriodInput!) {\n    metrics(\n      query: {\n        select: [{ source: $source, metric: { event: { name: \"sign_up\" } }, as: \"sign-ups\" }]\n        period: $period\n        interval: DAY\n        breakdown: [\"country\"]\n        seriesLimit: 3\n        compareTo: { preset: PREVIOUS_PERIOD }\n      }\n    ) {\n      period {\n        firstDay\n        lastDay\n      }\n      series {\n        dimensions {\n          value\n        }\n        total\n        previousTotal\n        values\n      }\n      problems {\n        ...ProblemLine\n      }\n      freshness {\n        completeness\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;