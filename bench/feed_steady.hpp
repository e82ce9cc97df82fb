#pragma once

namespace crier::bench {

/// A daemon with a thousand feeds that do not change and have an ETag, looked at each second.
void feed_steady();

} // namespace crier::bench
