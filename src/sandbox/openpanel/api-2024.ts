import type { FastifyInstance } from 'fastify';

import type { ApiOptions } from './api-2026.ts';

export function addRoutes2024(_app: FastifyInstance, _options: ApiOptions): void {}
