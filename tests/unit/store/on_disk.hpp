#pragma once

#include "faulty_disk.hpp"
#include "harness.hpp"

namespace crier::test {

/// To open a store of which a test decides what its disk does.
[[nodiscard]] inline store::SqliteOptions on_disk(const FaultyDisk& disk, const std::string& path) {
    store::SqliteOptions options = OpenStore::options_for(path);
    options.vfs = disk.name();
    return options;
}

} // namespace crier::test
