#include "engine/uploads.hpp"

#include "core/media/bytes.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// What a kept upload's name begins with; no post's does (engine/kept_media).
constexpr std::string_view upload_prefix = "upload.";

std::string hex_of(std::uint64_t number) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = text.size(); i-- > 0; number >>= 4U)
        text[i] = digits[number & 15U];
    return text;
}

bool is_upload(const MediaFetcher::Kept& kept) {
    return kept.name.starts_with(upload_prefix);
}

bool is_old(const MediaFetcher::Kept& kept, Instant now) {
    return kept.since + upload_life < now;
}

} // namespace

asio::awaitable<Result<Upload>> take_upload(MediaFetcher& fetcher, Random& random, Instant now,
                                            std::string bytes) {
    Upload upload;
    upload.look = media::look(media::TextBytes{bytes});
    if (upload.look.sort() == media::Sort::unknown)
        co_return Failure{Cause::usage, "it is no picture, film or sound that servers take",
                          "PNG, JPEG, GIF, WebP, AVIF, HEIC, MP4, MOV, WebM, MP3, Ogg, FLAC, WAV"};
    if (!upload.look.wrong.empty())
        co_return Failure{Cause::usage, "the file cannot be taken: " + upload.look.wrong};
    if (bytes.size() > most_upload)
        co_return Failure{Cause::usage, "the file is larger than " + std::to_string(most_upload) + " bytes"};
    std::uint64_t together = bytes.size();
    std::size_t count = 1;
    const std::vector<MediaFetcher::Kept> all = co_await fetcher.all_kept();
    for (const MediaFetcher::Kept& kept : all) {
        if (!is_upload(kept))
            continue;
        if (is_old(kept, now)) {
            fetcher.forget(kept.file);
            continue;
        }
        together += kept.bytes;
        ++count;
    }
    if (together > most_uploads_together || count > most_uploads)
        co_return Failure{Cause::temporary, "there are too many files that no post has been made of",
                          "they go by themselves a day after they came"};
    upload.token = hex_of(random.next()) + hex_of(random.next());
    std::string name = std::string{upload_prefix} + upload.token;
    std::string extension{media::kind_of(upload.look.format).extension};
    const Result<std::string> kept =
        co_await fetcher.keep_bytes(std::move(bytes), std::move(name), std::move(extension));
    if (!kept)
        co_return kept.error();
    co_return upload;
}

asio::awaitable<Result<PostOrder>> with_uploads(MediaFetcher& fetcher, PostOrder order) {
    if (order.uploads.empty())
        co_return order;
    const std::vector<MediaFetcher::Kept> all = co_await fetcher.all_kept();
    for (const auto& [place, token] : order.uploads) {
        Media& media = order.media.at(place);
        for (const MediaFetcher::Kept& kept : all)
            if (is_upload(kept) && kept.name.substr(upload_prefix.size()) == token)
                media.file = kept.file;
        if (media.file.empty())
            co_return Failure{Cause::usage, "there is no file " + token,
                              "it was sent more than a day ago, or never: send it again (POST /v1/media)"};
    }
    order.uploads.clear();
    co_return order;
}

asio::awaitable<void> forget_uploads(MediaFetcher& fetcher, Instant now) {
    const std::vector<MediaFetcher::Kept> all = co_await fetcher.all_kept();
    for (const MediaFetcher::Kept& kept : all)
        if (is_upload(kept) && is_old(kept, now))
            fetcher.forget(kept.file);
}

} // namespace crier::engine
