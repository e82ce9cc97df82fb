#pragma once

#include "commands/composition.hpp"
#include "commands/known_servers.hpp"
#include "core/schedule/forecast.hpp"
#include "engine/schedule_preview.hpp"
#include "engine/stock.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <optional>
#include <string>

namespace crier::commands {

/// What entries are going to draw, or what their commands yield, for a preview: each source is looked at
/// once, and what is drawn is remembered here alone.
class PreviewItems {
public:
    using Found = engine::FoundItem;

    /// `online`: sources may be fetched and commands run.
    PreviewItems(const Invocation& call, const Settings& settings, const std::optional<States>& known,
                 const KnownServers& servers, bool online);

    /// For occurrences of one entry: in the order in which they are due.
    [[nodiscard]] const Found& of(const schedule::Foreseen& foreseen, const schedule::Zone& zone,
                                  std::int64_t counter);

private:
    struct Course {
        Result<engine::Stock> stock = Failure{Cause::internal, {}};
        draw::Marks marks;
        Instant nominal{};
        Found found;
    };
    [[nodiscard]] Result<engine::Stock> look(const EntrySettings& entry);
    void find(Course& course, const EntrySettings& entry, const schedule::Zone& zone, std::int64_t counter);

    const Settings& settings_;
    engine::DrawnMarks drawn_; ///< of entries that were not asked for yet
    const KnownServers& servers_;
    bool online_;
    NoLog log_;
    boost::asio::io_context context_{1};
    Composition composition_;
    std::map<std::string, Course> courses_; ///< by the entry's name
};

} // namespace crier::commands
