#pragma once

#include <functional>
#include <memory>
#include <string>

namespace crier {

/// Ends with the object.
class FolderWatch {
public:
    virtual ~FolderWatch() = default;
};

/// Notices what happens in folders of this machine.
///
/// Thread: the engine's.
/// Errors: none: where a folder cannot be watched (it is not there, or there are too many), nothing is
/// noticed, and it is for the caller to look now and then all the same.
class FolderWatcher {
public:
    virtual ~FolderWatcher() = default;
    /// `changed` is called when a file of the folder has come, was written to its end, or has gone; `deep`:
    /// also of the folders in it that are there now.
    [[nodiscard]] virtual std::unique_ptr<FolderWatch> watch(const std::string& folder, bool deep,
                                                             std::function<void()> changed) = 0;
};

} // namespace crier
