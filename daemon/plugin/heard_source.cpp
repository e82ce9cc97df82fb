#include "plugin/heard_source.hpp"

#include "plugin/cursor.hpp"
#include "plugin/document.hpp"

#include <utility>

namespace crier::plugin {

namespace asio = boost::asio;

asio::awaitable<Result<SourceYield>> HeardSource::poll(std::string cursor) {
    (void)cursor;
    co_return Failure{
        Cause::usage, "there is nothing to look at: its items are what others send to " + path_,
        "send something there, or have it sent once more; `crier why` says what came of the last"};
}

asio::awaitable<Result<SourceYield>> HeardSource::hear(Heard heard, std::string cursor) {
    Document document;
    (void)take_up(document, cursor, path_);
    document.material.bytes = std::move(heard.body);
    document.material.headers = std::move(heard.headers);
    document.material.now = clock_.now();
    for (const auto& [name, value] : document.material.headers)
        if (name == "content-type")
            document.material.content_type = value;
    SourceYield yield;
    Cursor& own = document.cursor;
    // Sent twice, it is read twice: what is known of it already is told by its items.
    const Result<std::vector<std::string>> read =
        co_await read_into(yield, reader_, std::move(document.material), path_, own, Files::none);
    if (!read)
        co_return read.error();
    yield.cursor = own.write();
    co_return yield;
}

} // namespace crier::plugin
