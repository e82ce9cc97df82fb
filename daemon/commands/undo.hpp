#pragma once

#include "commands/invocation.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

/// What is taken back, for people: `crier undo`, `crier outbox delete`, and what `resume` and `status` say of
/// it.
namespace crier::commands {

/// "news: 40 posts are deleted, the last by ..." for each account.
void show_deletions(const Invocation& call, const boost::json::array& deletions, bool running);

/// What was taken back, or would be (`done` false).
void show_undone(const Invocation& call, const boost::json::object& undone, bool done, bool running);

} // namespace crier::commands
