#pragma once

#include "ports/folder_watcher.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace crier::sys {

/// By inotify, with one descriptor for all, opened when the first folder is watched and closed when none is
/// any more: until then it keeps the io_context running.
[[nodiscard]] std::unique_ptr<FolderWatcher> make_folder_watcher(boost::asio::any_io_executor engine);

} // namespace crier::sys
