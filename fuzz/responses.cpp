// Bytes on a connection: the first byte says in what pieces they come and whether HEAD was asked; then an
// HTTP response.

#include "fuzzing.hpp"
#include "net/decode.hpp"
#include "net/response_reader.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cstring>

using namespace crier;
namespace asio = boost::asio;

namespace {

constexpr std::size_t most_body = std::size_t{1} << 18U;

/// Hands out what it was given, `piece` bytes at a time, and then ends.
class ReplayStream final : public net::ByteStream {
public:
    ReplayStream(std::string_view bytes, std::size_t piece)
        : rest_(bytes)
        , piece_(piece) {}

    asio::awaitable<std::size_t> read_some(char* data, std::size_t size,
                                           boost::system::error_code& error) override {
        const std::size_t count = std::min({size, piece_, rest_.size()});
        error = {};
        if (count == 0)
            error = asio::error::eof;
        else
            std::memcpy(data, rest_.data(), count);
        rest_.remove_prefix(count);
        co_return count;
    }
    asio::awaitable<std::size_t> write_some(const char*, std::size_t size,
                                            boost::system::error_code&) override {
        co_return size;
    }
    void close() override {}
    bool stale() override { return false; }

private:
    std::string_view rest_;
    std::size_t piece_;
};

asio::awaitable<void> read(net::ByteStream& stream, bool head_only) {
    const net::Received received = co_await net::read_response(stream, head_only, most_body);
    if (!received.good) {
        fuzz::must(!received.failure.message.empty(), "a failure has words");
        co_return;
    }
    fuzz::must(received.response.status >= 200, "responses with 1xx are passed over");
    fuzz::must(received.response.body.size() <= most_body, "a body is bounded");
    fuzz::must(!head_only || received.response.body.empty(), "what answers HEAD has no body");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const std::uint8_t how = in.byte();
    const std::size_t piece = (how & 0x0FU) == 0 ? size + 1 : how & 0x0FU;
    ReplayStream stream(in.rest(), piece);
    asio::io_context context(1);
    asio::co_spawn(context, read(stream, (how & 0x10U) != 0), asio::detached);
    context.run();

    for (const std::string_view encoding : {"gzip", "deflate", "br"}) {
        const auto body = net::decode_body(std::string(in.rest()), encoding, most_body);
        fuzz::must(!body || body->size() <= most_body, "what is unpacked is bounded");
    }
    return 0;
}
