#include "feed/month_names.hpp"

#include "kit/ascii.hpp"
#include "kit/utf8.hpp"

#include <algorithm>

namespace crier::feed {
namespace {

struct MonthNames {
    int month;
    std::string_view names; ///< folded, each with a blank before and behind it
};

// English, German, French, Italian, Spanish, Portuguese, Catalan, Dutch, Swedish, Danish, Norwegian, Finnish,
// Polish, Czech, Hungarian, Romanian, Turkish, Greek, Russian, Ukrainian, Indonesian, Slovenian, Serbian,
// Latvian, Estonian, Lithuanian, Bulgarian, Arabic, Hebrew; with the case that dates have. Not Croatian,
// whose October and June are other months in Polish.
constexpr MonthNames months[] = {
    {1, " january januar janner janvier gennaio enero janeiro gener januari tammikuu tammikuuta stycznia "
        "styczen "
        "ledna leden ianuarie ocak ιανουαριου ιανουαριος января январь сичня сичень "
        "janvaris jaanuar sausio януари يناير ינואר בינואר "},
    {2,
     " february februar februari feber fevrier febbraio febrero fevereiro febrer helmikuu helmikuuta lutego "
     "luty unora unor februarie subat φεβρουαριου φεβρουαριος февраля февраль лютого лютии "
     "februaris veebruar vasario февруари فبراير פברואר בפברואר "},
    {3,
     " march marz maerz mrz mars marzo marco marc maart mrt maaliskuu maaliskuuta marca marzec brezna brezen "
     "marcius martie mart μαρτιου μαρτιος марта март березня березень "
     "maret marts kovo marec март مارس מרץ במרץ "},
    {4, " april avril aprile abril huhtikuu huhtikuuta kwietnia kwiecien dubna duben aprilis aprilie nisan "
        "απριλιου απριλιος апреля апрель квитня квитень "
        "aprilis aprill balandzio април أبريل ابريل אפריל באפריל "},
    {5, " may mai maggio mayo maio maig mei maj toukokuu toukokuuta maja kvetna kveten majus maujus mayis "
        "μαιου μαιος "
        "мая маи травня травень "
        "maijs geguzes مايو מאי במאי "},
    {6,
     " june juni juin giugno junio junho juny kesakuu kesakuuta czerwca czerwiec cervna cerven junius iunie "
     "haziran ιουνιου ιουνιος июня июнь червня червень "
     "junij junijs juuni birzelio юни يونيو יוני ביוני "},
    {7,
     " july juli juillet luglio julio julho juliol heinakuu heinakuuta lipca lipiec cervence cervenec julius "
     "iulie temmuz ιουλιου ιουλιος июля июль липня липень "
     "julij julijs juuli liepos юли يوليو יולי ביולי "},
    {8, " august aout agosto agost augustus augusti elokuu elokuuta sierpnia sierpien srpna srpen augusztus "
        "agustos αυγουστου αυγουστος августа август серпня серпень "
        "avgust avgusta agustus augusts rugpjucio август أغسطس اغسطس אוגוסט באוגוסט "},
    {9,
     " september septembre settembre septiembre setembro setembre syyskuu syyskuuta wrzesnia wrzesien zari "
     "szeptember septembrie eylul σεπτεμβριου σεπτεμβριος сентября сентябрь вересня вересень sept "
     "septembar septembra septembris rugsejo септември سبتمبر ספטמבר בספטמבר "},
    {10, " october oktober octobre ottobre octubre outubro lokakuu lokakuuta pazdziernika pazdziernik rijna "
         "rijen "
         "octombrie ekim οκτωβριου οκτωβριος октября октябрь жовтня жовтень "
         "oktobar oktobra oktobris oktoober spalio октомври أكتوبر اكتوبر אוקטובר באוקטובר "},
    {11, " november novembre noviembre novembro marraskuu marraskuuta listopada listopad noiembrie kasim "
         "νοεμβριου νοεμβριος ноября ноябрь листопада листопад "
         "novembar novembra novembris lapkricio ноември نوفمبر נובמבר בנובמבר "},
    {12,
     " december dezember decembre dicembre diciembre dezembro desembre desember joulukuu joulukuuta grudnia "
     "grudzien prosince prosinec decembrie aralik δεκεμβριου δεκεμβριος декабря декабрь грудня грудень "
     "desember decembar decembra decembris detsember gruodzio декември ديسمبر דצמבר בדצמבר "},
};

constexpr std::string_view english_months = "jan feb mar apr may jun jul aug sep oct nov dec ";

/// A letter of Latin, Greek or Cyrillic without what makes it a capital or stands above it.
char32_t folded_letter(char32_t code) {
    struct Letters {
        char32_t plain;
        std::u32string_view others;
    };
    static constexpr Letters letters[] = {
        {U'a', U"àáâãäåāăąÀÁÂÃÄÅĀĂĄ"},
        {U'c', U"çćčÇĆČ"},
        {U'd', U"ďđĎĐ"},
        {U'e', U"èéêëēėęěÈÉÊËĒĖĘĚ"},
        {U'g', U"ğĞ"},
        {U'i', U"ìíîïīıİÌÍÎÏĪ"},
        {U'l', U"łľŁĽ"},
        {U'n', U"ñńňÑŃŇ"},
        {U'o', U"òóôõöøőÒÓÔÕÖØŐ"},
        {U'r', U"řŕŘŔ"},
        {U's', U"śšşșŚŠŞȘ"},
        {U't', U"ťţțŤŢȚ"},
        {U'u', U"ùúûüůűÙÚÛÜŮŰ"},
        {U'y', U"ýÿÝ"},
        {U'z', U"źżžŹŻŽ"},
        {U'α', U"άΆΑ"},
        {U'ε', U"έΈ"},
        {U'η', U"ήΉ"},
        {U'ι', U"ίϊΐΊΪ"},
        {U'ο', U"όΌ"},
        {U'υ', U"ύϋΰΎΫ"},
        {U'ω', U"ώΏ"},
        {U'и', U"іІїйЙ"},
    };
    for (const Letters& one : letters)
        if (one.others.find(code) != std::u32string_view::npos)
            return one.plain;
    const bool capital = (code >= U'Α' && code <= U'Ω') || (code >= U'А' && code <= U'Я');
    return capital ? code + 0x20 : code;
}

} // namespace

std::string folded(std::string_view word) {
    std::string out;
    while (!word.empty()) {
        const std::size_t size = kit::utf8_size(word);
        if (size == 2) {
            const char32_t code = ((static_cast<unsigned char>(word[0]) & 0x1FU) << 6U) |
                                  (static_cast<unsigned char>(word[1]) & 0x3FU);
            kit::append_utf8(folded_letter(code), out);
        } else {
            for (const char c : word.substr(0, std::max<std::size_t>(size, 1)))
                out += kit::lowered(c);
        }
        word.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return out;
}

int month_by_name(std::string_view word) {
    constexpr std::size_t shortest = 3; // letters, of which those beyond Latin take two bytes
    const bool latin = !word.empty() && static_cast<unsigned char>(word.front()) < 0x80;
    if (word.size() < (latin ? shortest : 2 * shortest))
        return 0;
    if (const auto at = english_months.find(word); word.size() == shortest && at != kit::npos && at % 4 == 0)
        return static_cast<int>(at / 4) + 1;
    int found = 0;
    for (const MonthNames& one : months) {
        for (auto at = one.names.find(word); at != kit::npos; at = one.names.find(word, at + 1)) {
            if (one.names[at - 1] != ' ')
                continue;
            if (one.names[at + word.size()] == ' ')
                return one.month;
            found = found == 0 || found == one.month ? one.month : -1;
        }
    }
    return std::max(found, 0);
}

} // namespace crier::feed
