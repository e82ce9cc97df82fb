#include "ports/source.hpp"

namespace crier {

boost::asio::awaitable<Result<SourceYield>> Source::hear(Heard heard, std::string cursor) {
    (void)heard;
    (void)cursor;
    co_return Failure{Cause::unsupported, "nothing is sent to this source: it is looked at"};
}

boost::asio::awaitable<Result<Item>> Source::page(std::string link) {
    co_return Failure{Cause::unsupported, "nobody here reads the page " + link};
}

boost::asio::awaitable<Result<>> Source::settle(Fate fate) {
    (void)fate;
    co_return Result<>{};
}

} // namespace crier
