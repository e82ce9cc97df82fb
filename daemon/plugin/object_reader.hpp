#pragma once

#include "core/time.hpp"
#include "plugin/object_wire.hpp"
#include "plugin/reader.hpp"
#include "ports/command_runner.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace crier::plugin {

/// How the process of a shared object is run.
struct ObjectProcess {
    CommandRunner& runner;
    std::string program; ///< crier's own absolute path
    std::string object;  ///< the shared object's
    Duration timeout;
    std::size_t most_memory; ///< bytes; 0: no limit

    ObjectProcess(CommandRunner& run, std::string own, std::string file, Duration limit, std::size_t memory)
        : runner(run)
        , program(std::move(own))
        , object(std::move(file))
        , timeout(limit)
        , most_memory(memory) {}
};

/// What the shared object says that it is.
///
/// Errors: what is wrong with the file, or what became of the process.
[[nodiscard]] boost::asio::awaitable<Result<ObjectInfo>> describe_object(const ObjectProcess& process);

/// Its plugin with these settings; each call is a process of its own.
[[nodiscard]] std::shared_ptr<Reader> make_object_reader(ObjectProcess process, ObjectInfo info,
                                                         Options settings);

} // namespace crier::plugin
