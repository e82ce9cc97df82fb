// crier-pictures.so: makes pictures smaller with libvips. Loaded by `crier picture` alone.

#include "picture_wire.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vips/vips.h>

namespace {

using namespace crier::media;

/// A reference of GLib's.
template <class Object>
class Held {
public:
    explicit Held(Object* object = nullptr) noexcept
        : object_(object) {}
    ~Held() {
        if (object_ != nullptr)
            g_object_unref(object_);
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    [[nodiscard]] Object* get() const noexcept { return object_; }
    [[nodiscard]] Object** out() noexcept { return &object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

private:
    Object* object_;
};

int fail(const PictureOrder& order, PictureCode code, const char* words) {
    (void)std::snprintf(order.words, order.words_size, "%s", words);
    for (char* at = order.words; *at != '\0'; ++at)
        if (*at == '\n')
            *at = ' ';
    return code;
}

int fail_as_vips_says(const PictureOrder& order) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
    const bool full = std::strstr(vips_error_buffer(), std::strerror(ENOSPC)) != nullptr;
    const int code = fail(order, full ? picture_no_room : picture_undecodable, vips_error_buffer());
    vips_error_clear();
    return code;
}

/// With these bounds on both sides, turned upright. The colours' profile is kept, but where nothing besides
/// the picture may be: there the colours are made those that everybody takes for granted.
bool shrink(const PictureOrder& order, int width, int height, VipsImage** small) {
    if (::lseek(order.from, 0, SEEK_SET) != 0)
        return false;
    const Held<VipsSource> source{vips_source_new_from_descriptor(order.from)};
    // Half a picture is none: what is damaged is not to be made up for with grey.
    const Held<VipsImage> whole{source ? vips_image_new_from_source(source.get(), "", "access",
                                                                    VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                                                    VIPS_FAIL_ON_ERROR, nullptr)
                                       : nullptr};
    if (!whole)
        return false;
    if (order.bare != 0)
        return vips_thumbnail_image(whole.get(), small, width, "height", height, "size", VIPS_SIZE_DOWN,
                                    "export_profile", "srgb", nullptr) == 0;
    return vips_thumbnail_image(whole.get(), small, width, "height", height, "size", VIPS_SIZE_DOWN,
                                nullptr) == 0;
}

/// What stays of the quality: good, and not better than a server would make it.
std::string with_options(const PictureOrder& order, int quality) {
    const std::string suffix = order.suffix;
    std::string options = order.bare != 0 ? ",strip=true" : "";
    if (suffix == ".png")
        return suffix + "[compression=9" + options + "]";
    if (suffix == ".jpg")
        options += ",optimize_coding=true,interlace=true";
    if (suffix == ".avif")
        options += ",effort=2";
    return suffix + "[Q=" + std::to_string(quality) + options + "]";
}

bool write(const PictureOrder& order, VipsImage* image, int quality, std::uint64_t* bytes) {
    if (::lseek(order.to, 0, SEEK_SET) != 0 || ::ftruncate(order.to, 0) != 0)
        return false;
    const Held<VipsTarget> target{vips_target_new_to_descriptor(order.to)};
    const std::string name = with_options(order, quality);
    if (!target || vips_image_write_to_target(image, name.c_str(), target.get(), nullptr) != 0)
        return false;
    const off_t end = ::lseek(order.to, 0, SEEK_END);
    *bytes = end > 0 ? static_cast<std::uint64_t>(end) : 0;
    return end > 0;
}

/// The encoders of AVIF and HEIC may write next to nothing where memory ends, and say that all is well.
bool is_whole(const PictureOrder& order) {
    const std::string_view suffix = order.suffix;
    if (suffix != ".avif" && suffix != ".heic")
        return true;
    if (::lseek(order.to, 0, SEEK_SET) != 0)
        return false;
    const Held<VipsSource> source{vips_source_new_from_descriptor(order.to)};
    const Held<VipsImage> made{
        source ? vips_image_new_from_source(source.get(), "", "fail_on", VIPS_FAIL_ON_ERROR, nullptr)
               : nullptr};
    double average = 0;
    return made && vips_avg(made.get(), &average, nullptr) == 0;
}

/// Once with these bounds: 0, and how large it became; else a code.
int make_once(const PictureOrder& order, int width, int height, int quality, std::uint64_t* bytes) {
    Held<VipsImage> small;
    if (!shrink(order, width, height, small.out()))
        return fail_as_vips_says(order);
    if (!write(order, small.get(), quality, bytes))
        return fail_as_vips_says(order);
    if (!is_whole(order))
        return fail(order, picture_too_large, "its encoder takes more memory than there is for it");
    return picture_made;
}

int make(const PictureOrder& order) {
    double whole_width = 0;
    double whole_height = 0;
    int turned = 1;
    {
        const Held<VipsSource> source{vips_source_new_from_descriptor(order.from)};
        const Held<VipsImage> head{source ? vips_image_new_from_source(source.get(), "", nullptr) : nullptr};
        if (!head)
            return fail_as_vips_says(order);
        whole_width = vips_image_get_width(head.get());
        whole_height = vips_image_get_page_height(head.get());
        turned = vips_image_get_orientation(head.get());
    }
    double scale = 1;
    if (order.most_pixels > 0)
        scale =
            std::min(1.0, std::sqrt(static_cast<double>(order.most_pixels) / (whole_width * whole_height)));
    int quality = 87;
    constexpr int least_quality = 75;
    constexpr int most_attempts = 8;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
        double width = std::max(1.0, std::floor(whole_width * scale));
        double height = std::max(1.0, std::floor(whole_height * scale));
        constexpr int first_turned = 5;
        if (turned >= first_turned)
            std::swap(width, height);
        std::uint64_t bytes = 0;
        if (const int code =
                make_once(order, static_cast<int>(width), static_cast<int>(height), quality, &bytes);
            code != picture_made)
            return code;
        if (bytes <= order.most_bytes)
            return picture_made;
        // First what is hardly seen; then fewer pixels, of which the bytes go as their number, roughly.
        const bool finer = std::strcmp(order.suffix, ".png") != 0 && quality > least_quality;
        if (finer)
            quality = least_quality;
        const double over = static_cast<double>(bytes) / static_cast<double>(order.most_bytes);
        constexpr double by_quality_alone = 1.5;
        if (!finer || over > by_quality_alone)
            scale *= std::clamp(std::sqrt(1 / over) * 0.95, 0.1, 0.95);
    }
    return fail(order, picture_too_large, "every attempt was still too large");
}

} // namespace

extern "C" __attribute__((visibility("default"))) int crier_make_picture(const PictureOrder* order) {
    // Nothing that is known to be careless with strangers' files (libvips' own list).
    (void)::setenv("VIPS_BLOCK_UNTRUSTED", "1", 1); // NOLINT(concurrency-mt-unsafe): no thread yet
    // Its vectors would be code that is made at run time, which the unit forbids.
    (void)::setenv("VIPS_NOVECTOR", "1", 1); // NOLINT(concurrency-mt-unsafe)
    (void)::setenv("VIPS_WARNING", "0", 1);  // NOLINT(concurrency-mt-unsafe): said once, by how it ends
    if (VIPS_INIT("crier") != 0)
        return fail(*order, picture_no_library, vips_error_buffer());
    vips_block_untrusted_set(TRUE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    return make(*order);
}
