#include "sandbox/content/formats.hpp"

namespace crier::sandbox {
namespace {

// --- MP4: boxes in boxes, each with its size and four letters
// ------------------------------------------------

struct Box {
    std::string_view name;
    std::size_t begin = 0; // of what is in it
    std::size_t end = 0;
};

std::optional<Box> box_at(const Bytes& file, std::size_t at, std::size_t end) {
    const auto size = file.big(at, 4);
    const auto name = file.part(at + 4, 4);
    if (!size || !name)
        return std::nullopt;
    Box box{*name, at + 8, at};
    if (*size == 1) {
        const auto large = file.big(at + 8, 8);
        if (!large || *large > end - at)
            return std::nullopt;
        box.begin = at + 16;
        box.end = at + static_cast<std::size_t>(*large);
    } else {
        box.end = *size == 0 ? end : at + static_cast<std::size_t>(*size);
    }
    return box.end >= box.begin && box.end <= end ? std::optional(box) : std::nullopt;
}

struct Extent {
    std::uint64_t width = 0;
    std::uint64_t height = 0;
};

// Of the first track that has one. A track's header ends with both, as 16.16 fixed point.
Extent track_extent(const Bytes& file, const Box& movie) {
    for (std::size_t at = movie.begin; at < movie.end;) {
        const auto track = box_at(file, at, movie.end);
        if (!track)
            return {};
        const auto header = track->name == "trak" ? box_at(file, track->begin, track->end) : std::nullopt;
        if (header && header->name == "tkhd" && header->end - header->begin >= 84) {
            const Extent extent{*file.big(header->end - 8, 2), *file.big(header->end - 4, 2)};
            if (extent.width > 0 && extent.height > 0)
                return extent;
        }
        at = track->end;
    }
    return {};
}

// --- WebM: elements in elements, each with an id and a size of varying width
// -----------------------------------

constexpr std::uint64_t id_header = 0x1A45DFA3, id_doc_type = 0x4282, id_segment = 0x18538067,
                        id_tracks = 0x1654AE6B, id_track = 0xAE, id_video = 0xE0, id_width = 0xB0,
                        id_height = 0xBA;

struct Element {
    std::uint64_t id = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

std::size_t number_width(std::uint64_t first_byte) {
    std::size_t width = 1;
    for (std::uint64_t bit = 0x80; bit != 0 && (first_byte & bit) == 0; bit >>= 1U)
        ++width;
    return width; // 9: no number
}

std::optional<Element> element_at(const Bytes& file, std::size_t at, std::size_t end) {
    const auto first = file.big(at, 1);
    if (!first || number_width(*first) > 4)
        return std::nullopt;
    const std::size_t id_width_bytes = number_width(*first);
    const auto id = file.big(at, id_width_bytes);
    const auto size_first = file.big(at + id_width_bytes, 1);
    if (!id || !size_first || number_width(*size_first) > 8)
        return std::nullopt;
    const std::size_t width = number_width(*size_first);
    auto size = file.big(at + id_width_bytes, width);
    if (!size)
        return std::nullopt;
    const std::uint64_t mask = (std::uint64_t{1} << (7 * width)) - 1;
    *size &= mask;
    const std::size_t begin = at + id_width_bytes + width;
    if (*size == mask) // not known when it was written: up to the end
        return Element{*id, begin, end};
    if (begin > end || *size > end - begin)
        return std::nullopt;
    return Element{*id, begin, begin + static_cast<std::size_t>(*size)};
}

std::optional<Element> child(const Bytes& file, const Element& parent, std::uint64_t id) {
    for (std::size_t at = parent.begin; at < parent.end;) {
        const auto element = element_at(file, at, parent.end);
        if (!element || element->id == id)
            return element;
        at = element->end;
    }
    return std::nullopt;
}

std::uint64_t number_in(const Bytes& file, const std::optional<Element>& element) {
    if (!element || element->end - element->begin > 8)
        return 0;
    return file.big(element->begin, element->end - element->begin).value_or(0);
}

Extent video_extent(const Bytes& file, const Element& tracks) {
    for (std::size_t at = tracks.begin; at < tracks.end;) {
        const auto track = element_at(file, at, tracks.end);
        if (!track)
            return {};
        const auto video = track->id == id_track ? child(file, *track, id_video) : std::nullopt;
        if (video)
            return {number_in(file, child(file, *video, id_width)),
                    number_in(file, child(file, *video, id_height))};
        at = track->end;
    }
    return {};
}

} // namespace

std::optional<ImageInfo> inspect_mp4(const Bytes& file) {
    const auto brands = box_at(file, 0, file.size());
    if (!brands || brands->name != "ftyp")
        return std::nullopt;
    std::optional<Box> movie;
    bool has_data = false;
    for (std::size_t at = brands->end; at < file.size();) {
        const auto box = box_at(file, at, file.size());
        if (!box)
            return std::nullopt;
        if (box->name == "moov")
            movie = box;
        has_data = has_data || box->name == "mdat";
        at = box->end;
    }
    if (!movie || !has_data)
        return std::nullopt;
    const Extent extent = track_extent(file, *movie);
    if (file.holds(brands->begin, "qt  "))
        return sized("video/quicktime", extent.width, extent.height);
    if (extent.width == 0)
        return ImageInfo{"audio/mp4", 0, 0};
    return sized("video/mp4", extent.width, extent.height);
}

std::optional<ImageInfo> inspect_webm(const Bytes& file) {
    const auto header = element_at(file, 0, file.size());
    if (!header || header->id != id_header)
        return std::nullopt;
    const auto kind = child(file, *header, id_doc_type);
    const auto segment = element_at(file, header->end, file.size());
    if (!kind || !segment || segment->id != id_segment)
        return std::nullopt;
    const auto tracks = child(file, *segment, id_tracks);
    if (!tracks)
        return std::nullopt;
    const std::string_view family = file.holds(kind->begin, "webm") ? "webm" : "x-matroska";
    const Extent extent = video_extent(file, *tracks);
    if (extent.width == 0)
        return ImageInfo{"audio/" + std::string(family), 0, 0};
    return sized("video/" + std::string(family), extent.width, extent.height);
}

} // namespace crier::sandbox
