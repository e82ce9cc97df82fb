#include "core/media/boxes.hpp"
#include "core/media/pieces.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace crier::media {
namespace {

using namespace std::string_view_literals;

/// What tells of a film lies in boxes of its own. Each is overwritten by an empty one of its length, so that
/// nothing moves and all that points into the file still points to the same.
class FilmStripper {
public:
    explicit FilmStripper(Window& window)
        : window_(window) {}

    [[nodiscard]] Result<std::vector<Piece>> run() {
        if (!walk(0, window_.size(), files_))
            return failure_;
        if (!movie_)
            return not_whole("what says how it is built (moov) is not in it");
        std::sort(blank_.begin(), blank_.end());
        Pieces pieces;
        std::uint64_t at = 0;
        for (const auto& [from, text] : blank_) {
            pieces.keep(at, from);
            at = from + text.size();
            pieces.put(text);
        }
        pieces.keep(at, window_.size());
        return std::move(pieces.list());
    }

private:
    using Names = std::span<const std::string_view>;

    // Boxes that stay, at the top, in the film and in a track; those below are needed to play it.
    static constexpr std::array file_boxes{"ftyp"sv, "moov"sv, "mdat"sv, "moof"sv, "mfra"sv,
                                           "sidx"sv, "styp"sv, "ssix"sv, "pdin"sv};
    static constexpr std::array movie_boxes{"mvhd"sv, "trak"sv, "mvex"sv, "iods"sv};
    static constexpr std::array track_boxes{"tkhd"sv, "mdia"sv, "edts"sv, "tref"sv, "tapt"sv, "load"sv};
    static constexpr std::array media_boxes{"mdhd"sv, "hdlr"sv, "minf"sv, "elng"sv};
    static constexpr Names files_{file_boxes};
    static constexpr Names movies_{movie_boxes};
    static constexpr Names tracks_{track_boxes};
    static constexpr Names media_{media_boxes};

    bool walk(std::uint64_t from, std::uint64_t to, Names stay) {
        BoxWalk boxes{window_, from, to, budget_};
        while (const auto box = boxes.next())
            if (!heed(*box, stay))
                return false;
        if (boxes.broken())
            failure_ = not_whole("its lengths make no sense");
        return !boxes.broken();
    }

    bool heed(const Box& box, Names stay) {
        if (std::find(stay.begin(), stay.end(), box.type) == stay.end())
            return blank(box);
        if (box.type == "moov") {
            movie_ = true;
            return walk(box.body, box.end, movies_);
        }
        if (box.type == "trak")
            return walk(box.body, box.end, tracks_);
        if (box.type == "mdia")
            return walk(box.body, box.end, media_);
        if (box.type == "mvhd" || box.type == "tkhd" || box.type == "mdhd")
            return forget_times(box);
        if (box.type == "hdlr")
            return is_seen_or_heard(box);
        return true;
    }

    /// "free", and nothing in it. What is large is no such box, and would have to be held in memory.
    bool blank(const Box& box) {
        constexpr std::uint64_t most = 16U << 20U;
        const std::uint64_t size = box.end - box.from;
        blanked_ += size;
        if (blanked_ > most) {
            failure_ = Failure{Cause::unsupported,
                               "it has parts of which crier does not know what they tell (" + box.type + ")",
                               "strip it by yourself, and do not ask for it here (`metadata: keep`)"};
            return false;
        }
        std::string text = big_text(size, 4) + "free";
        text.resize(static_cast<std::size_t>(size), '\0');
        blank_.emplace_back(box.from, std::move(text));
        return true;
    }

    /// When it was made and changed: behind version and flags.
    bool forget_times(const Box& box) {
        const std::string_view version = window_.at(box.body, 1);
        const std::uint64_t size = !version.empty() && byte_at(version, 0) == 1 ? 16 : 8;
        if (box.end - box.body < 4 + size) {
            failure_ = not_whole("a box is too short");
            return false;
        }
        blank_.emplace_back(box.body + 4, std::string(static_cast<std::size_t>(size), '\0'));
        return true;
    }

    /// Whose program wrote the track: behind its kind, to the end.
    bool forget_name(const Box& box) {
        constexpr std::uint64_t most = 4096;
        const std::uint64_t from = box.body + 12;
        if (box.end < from || box.end - from > most) {
            failure_ = not_whole("a box has no sensible length");
            return false;
        }
        if (box.end > from)
            blank_.emplace_back(from, std::string(static_cast<std::size_t>(box.end - from), '\0'));
        return true;
    }

    /// Tracks of other kinds hold what cameras note while they film: where they are, above all.
    bool is_seen_or_heard(const Box& box) {
        const std::string kind{window_.at(box.body + 8, 4)};
        if (kind == "vide" || kind == "soun")
            return forget_name(box);
        failure_ = Failure{Cause::unsupported,
                           "it has a track of the kind \"" + kind + "\", which may tell where it was made",
                           "strip it by yourself (ffmpeg -map 0:v -map 0:a -map_metadata -1 -c copy), and "
                           "do not ask for it here (`metadata: keep`)"};
        return false;
    }

    Window& window_;
    int budget_ = BoxWalk::most;
    bool movie_ = false;
    std::uint64_t blanked_ = 0;
    std::vector<std::pair<std::uint64_t, std::string>> blank_;
    Failure failure_{Cause::internal, {}};
};

} // namespace

Result<std::vector<Piece>> strip_film(Window& window) {
    return FilmStripper{window}.run();
}

} // namespace crier::media
