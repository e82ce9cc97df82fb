#include "plugin/document.hpp"

#include "core/digest.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

void check_files(Parsed& parsed, Files allowed) {
    for (Item& item : parsed.items) {
        const auto is_wrong = [allowed](const ItemMedia& media) {
            return !media.file.empty() && (allowed == Files::none || media.file.front() != '/');
        };
        const auto wrong = std::find_if(item.media.begin(), item.media.end(), is_wrong);
        if (wrong == item.media.end())
            continue;
        parsed.warnings.push_back("the file " + wrong->file + " was left out: " +
                                  (allowed == Files::none
                                       ? "what comes from elsewhere may not name files of this machine"
                                       : "a file is named by its absolute path"));
        item.media.erase(std::remove_if(item.media.begin(), item.media.end(), is_wrong), item.media.end());
    }
}

void add(SourceYield& yield, Parsed parsed) {
    if (yield.items.empty())
        yield.items = std::move(parsed.items);
    else
        std::move(parsed.items.begin(), parsed.items.end(), std::back_inserter(yield.items));
    std::move(parsed.warnings.begin(), parsed.warnings.end(), std::back_inserter(yield.warnings));
    if (parsed.wait)
        yield.wait = std::max(yield.wait.value_or(Duration{}), *parsed.wait);
}

asio::awaitable<Result<Reading>> read_document(std::shared_ptr<Reader> reader, Document document,
                                               std::string last_digest, Files files) {
    Reading yield;
    Cursor& cursor = document.cursor;
    cursor.digest = digest_of(document.material.bytes).hex();
    yield.cursor = cursor.write();
    yield.wait = document.wait;
    if (cursor.digest == last_digest && (reader->capabilities() & CRIER_PLUGIN_CLOCK) == 0) {
        yield.unchanged = true;
        co_return yield;
    }
    document.material.cursor = cursor.own;
    Result<Parsed> parsed = co_await reader->read(Entrance::parse, std::move(document.material));
    if (!parsed) {
        Failure failure = parsed.error();
        failure.message = document.place + ": " + failure.message;
        co_return failure;
    }
    check_files(*parsed, files);
    if ((reader->capabilities() & CRIER_PLUGIN_FORWARD) != 0)
        std::reverse(parsed->items.begin(), parsed->items.end());
    if (parsed->cursor) {
        cursor.own = *parsed->cursor;
        yield.cursor = cursor.write();
    }
    yield.fetches = std::move(parsed->fetches);
    add(yield, std::move(*parsed));
    co_return yield;
}

Result<SourceYield> alone(Result<Reading> reading) {
    if (!reading)
        return reading.error();
    return SourceYield{std::move(*reading)};
}

} // namespace crier::plugin
