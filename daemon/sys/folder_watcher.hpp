#pragma once

#include "ports/folder_watcher.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace crier::sys {

/// By inotify, with one descriptor for all, opened when the first folder is watched.
[[nodiscard]] std::unique_ptr<FolderWatcher> make_folder_watcher(boost::asio::any_io_executor engine);

} // namespace crier::sys
