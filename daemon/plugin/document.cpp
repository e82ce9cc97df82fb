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

void add(SourceYield& yield, Parsed parsed, bool in_front) {
    if (yield.items.empty())
        yield.items = std::move(parsed.items);
    else
        yield.items.insert(in_front ? yield.items.begin() : yield.items.end(),
                           std::make_move_iterator(parsed.items.begin()),
                           std::make_move_iterator(parsed.items.end()));
    std::move(parsed.warnings.begin(), parsed.warnings.end(), std::back_inserter(yield.warnings));
    if (parsed.wait)
        lengthen(yield.wait, *parsed.wait);
}

void lengthen(std::optional<Duration>& wait, Duration least) {
    wait = std::max(wait.value_or(Duration{}), least);
}

void say_still(SourceYield& yield, const Cursor& cursor) {
    yield.rule = cursor.rule;
    yield.rhythm = cursor.rhythm;
    yield.hub = cursor.hub;
}

void say_when(SourceYield& yield, Cursor& cursor, const Reader& reader, std::optional<Instant> now) {
    // Where the order is the user's own, or the dates are those of events, they tell nothing.
    constexpr std::uint32_t other_dates = CRIER_PLUGIN_CLOCK | CRIER_PLUGIN_FORWARD;
    if (now && (reader.capabilities() & other_dates) == 0)
        if (const Rhythm rhythm = rhythm_of(yield.items, *now); rhythm.newest)
            cursor.rhythm = rhythm;
    say_still(yield, cursor);
}

std::string take_up(Document& document, std::string_view cursor, std::string url) {
    Cursor last = Cursor::read(cursor);
    document.cursor.url = std::move(url);
    if (last.url != document.cursor.url)
        return {};
    document.cursor.own = std::move(last.own);
    document.cursor.rule = last.rule;
    document.cursor.rhythm = last.rhythm;
    document.cursor.hub = std::move(last.hub);
    return std::move(last.digest);
}

asio::awaitable<Result<std::vector<std::string>>> read_into(SourceYield& yield,
                                                            std::shared_ptr<Reader> reader, Material material,
                                                            std::string place, Cursor& cursor, Files files) {
    material.cursor = cursor.own;
    std::string address = material.base_url;
    Result<Parsed> parsed = co_await reader->read(Entrance::parse, std::move(material));
    if (!parsed) {
        Failure failure = parsed.error();
        failure.message = place + ": " + failure.message;
        co_return failure;
    }
    check_files(*parsed, files);
    if (parsed->cursor)
        cursor.own = *parsed->cursor;
    if (parsed->rule)
        cursor.rule = *parsed->rule;
    if (parsed->hub && cursor.hub.url.empty())
        cursor.hub.url = parsed->hub->url;
    if (parsed->hub && cursor.hub.topic.empty())
        cursor.hub.topic = parsed->hub->topic;
    if (!cursor.hub.url.empty() && cursor.hub.topic.empty())
        cursor.hub.topic = std::move(address);
    std::vector<std::string> fetches = std::move(parsed->fetches);
    // The newest first, of all documents.
    const bool forward = (reader->capabilities() & CRIER_PLUGIN_FORWARD) != 0;
    if (forward)
        std::reverse(parsed->items.begin(), parsed->items.end());
    add(yield, std::move(*parsed), forward);
    co_return fetches;
}

asio::awaitable<Result<Reading>> read_document(std::shared_ptr<Reader> reader, Document document,
                                               std::string last_digest, Files files) {
    Reading yield;
    Cursor& cursor = document.cursor;
    cursor.digest = digest_of(document.material.bytes).hex();
    yield.wait = document.wait;
    if (cursor.digest == last_digest && (reader->capabilities() & CRIER_PLUGIN_CLOCK) == 0) {
        if (!document.hub.url.empty()) {
            const std::string known = std::move(cursor.hub.topic);
            cursor.hub = document.hub;
            if (cursor.hub.topic.empty())
                cursor.hub.topic = known.empty() ? document.material.base_url : known;
        }
        yield.unchanged = true;
        yield.cursor = cursor.write();
        say_still(yield, cursor);
        co_return yield;
    }
    cursor.rule = LookRule{};
    cursor.rhythm = Rhythm{};
    cursor.hub = std::move(document.hub); // it goes before what stands in the document (WebSub, 4)
    const std::optional<Instant> now = document.material.now;
    const std::shared_ptr<Reader> by = reader;
    Result<std::vector<std::string>> fetches = co_await read_into(
        yield, std::move(reader), std::move(document.material), std::move(document.place), cursor, files);
    if (!fetches)
        co_return fetches.error();
    say_when(yield, cursor, *by, now);
    yield.cursor = cursor.write();
    yield.fetches = std::move(*fetches);
    co_return yield;
}

Result<SourceYield> alone(Result<Reading> reading) {
    if (!reading)
        return reading.error();
    return SourceYield{std::move(*reading)};
}

} // namespace crier::plugin
