#include "net/decode.hpp"

#include "core/ascii.hpp"

#include <brotli/decode.h>
#include <memory>
#include <zlib.h>

namespace crier::net {
namespace {

constexpr std::size_t unpacked_piece = 64U << 10U;

Failure too_large(std::size_t limit) {
    return Failure{Cause::server,
                   "the body unpacks to more than " + std::to_string(limit) +
                       " bytes, the most that is taken",
                   "is this the right address?"};
}

Failure broken(std::string_view encoding) {
    return Failure{Cause::server, "the body's " + std::string{encoding} + " compression is broken",
                   "its operator, or whoever runs a proxy on the way, must mend that"};
}

/// How zlib is told what it finds: gzip or zlib by the head, or bare deflate.
constexpr int by_head = 15 + 32;
constexpr int bare = -15;

/// "deflate" is the zlib format (RFC 9110, 8.4.1.2), and some servers send it without its head all the same.
bool has_zlib_head(const std::string& body) {
    const auto byte = [&body](std::size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(body[i]));
    };
    return body.size() >= 2 && (byte(0) & 0x0fU) == Z_DEFLATED && (byte(0) << 8U | byte(1)) % 31 == 0;
}

Result<std::string> inflate_body(const std::string& body, std::string_view encoding, int window,
                                 std::size_t limit) {
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK)
        return Failure{Cause::internal, "zlib does not start"};
    const std::unique_ptr<z_stream, int (*)(z_stream*)> end{&stream, inflateEnd};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    std::string out;
    std::string buffer(unpacked_piece, '\0');
    for (;;) {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        const int code = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
        if (out.size() > limit)
            return too_large(limit);
        if (code == Z_STREAM_END) {
            // A file may be several of them, one behind the other (RFC 1952, 2.2); other bytes are padding.
            if (stream.avail_in == 0 || *stream.next_in != 0x1f || inflateReset(&stream) != Z_OK)
                return out;
            continue;
        }
        if (code != Z_OK || (stream.avail_in == 0 && stream.avail_out != 0))
            return broken(encoding);
    }
}

Result<std::string> unbrotli(const std::string& body, std::size_t limit) {
    const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state{
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance};
    const auto* in = reinterpret_cast<const std::uint8_t*>(body.data());
    std::size_t left = body.size();
    std::string out;
    std::string buffer(unpacked_piece, '\0');
    for (;;) {
        auto* to = reinterpret_cast<std::uint8_t*>(buffer.data());
        std::size_t room = buffer.size();
        const BrotliDecoderResult code =
            BrotliDecoderDecompressStream(state.get(), &left, &in, &room, &to, nullptr);
        out.append(buffer.data(), buffer.size() - room);
        if (out.size() > limit)
            return too_large(limit);
        if (code == BROTLI_DECODER_RESULT_SUCCESS)
            return out;
        if (code != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
            return broken("br");
    }
}

} // namespace

Result<std::string> decode_body(std::string body, std::string_view encoding, std::size_t limit) {
    std::string name;
    for (const char c : encoding)
        if (c != ' ')
            name += ascii::lower(c);
    if (name.empty() || name == "identity" || body.empty())
        return body;
    if (name == "gzip" || name == "x-gzip")
        return inflate_body(body, name, by_head, limit);
    if (name == "deflate")
        return inflate_body(body, name, has_zlib_head(body) ? by_head : bare, limit);
    if (name == "br")
        return unbrotli(body, limit);
    return Failure{Cause::server, "the body is compressed in a way that was not asked for: " + name,
                   "its operator must mend that"};
}

} // namespace crier::net
