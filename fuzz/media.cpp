// A file that somebody attached: what it is, and what is left of it without what it tells.

#include "core/media/look.hpp"
#include "core/media/strip.hpp"
#include "fuzzing.hpp"

#include <string>
#include <string_view>

using namespace crier;

namespace {

/// The stripped file; empty: it was refused.
std::string stripped(std::string_view bytes, const media::Look& look) {
    const auto pieces = media::strip(media::TextBytes{bytes}, look);
    std::string file;
    if (!pieces)
        return file;
    for (const media::Piece& piece : *pieces) {
        fuzz::must(!piece.text.empty() || (piece.from < piece.to && piece.to <= bytes.size()),
                   "a piece lies in the file");
        file += piece.text.empty()
                    ? std::string{bytes.substr(static_cast<std::size_t>(piece.from),
                                               static_cast<std::size_t>(piece.to - piece.from))}
                    : piece.text;
    }
    return file;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const media::Look look = media::look(media::TextBytes{bytes});
    fuzz::must(look.orientation >= 1 && look.orientation <= 8, "a picture is turned in one of eight ways");
    fuzz::must(look.bytes == size, "it is as long as it is");
    (void)media::boxed_picture_tells(media::TextBytes{bytes});
    const std::string bare = stripped(bytes, look);
    fuzz::must(bare.size() <= size + 100, "stripping adds an orientation at most");
    if (bare.empty())
        return 0;
    const media::Look after = media::look(media::TextBytes{bare});
    // (What the preparer refuses to send is no concern of this.)
    if (after.format == look.format && after.wrong.empty() && look.wrong.empty())
        fuzz::must(stripped(bare, after).size() <= bare.size() + 100, "what was stripped can be stripped");
    return 0;
}
