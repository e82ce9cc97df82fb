#pragma once

namespace crier::bench {

/// A feed's bytes to items: the plugin behind its table, beside feedparser and a bare libxml2.
void feed_parse();

} // namespace crier::bench
