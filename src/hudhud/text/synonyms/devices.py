"""What phones, computers and what belongs to them are called."""

from __future__ import annotations

DEVICES = """
جوال موبايل تلفون هاتف خلوي بورتابل نقال جهاز phone mobile : هواتف جوالات موبايلات تليفون
شاحن شارجر شواحن شارجور charger chargeur
يشحن شحن شارجي كيشارجي charging charge
تايب type
سي c
كابل كيبل كبل كيابل كوابل سلك وصلة واير شريط شريطة cable wire cord : خيط
منافذ منفذ مخارج مخرج فتحات فيشات ports port
لاسلكي وايرلس بلوتوث wireless
سماعة سماعات ايربودز هدفون هيدفون كيت ايرفون earbuds headphones earphones airpods
سماعة headphones : كاسك هيدسيت headset
مكبر سبيكر بافل صب speaker
كفر غطاء جراب كوفر بيت كوك جرابات بوشيط لابوشيط كفرات case cover coque
لاصقة لزقة حماية شاشة سكرين استيكر اسكرينة protector
تابلت لوحي ايباد tablet ipad
لابتوب حاسوب محمول لاب بورتابل laptop notebook
كمبيوتر حاسبة حاسوب computer pc ordinateur
تلفزيون تلفاز شاشة tv television
شاشة شاشات مونيتور monitor ecran : ايكران ايكرون
بطارية باتري بيل بطاريات نضيدة battery batterie
حامل مسكة ستاند مثبت هولدر holder stand mount
ساعة ساعات مونتر ووتش watch montre : ماكانة منكانة منكالة
سوار حزام سير استيك ستراب strap band
ذاكرة ميموري كارد رام memory
مغناطيس مغناطيسي ماجنت مكنط ماكسيف magnetic magnet magsafe
طابعة برنتر امبريمانت printer imprimante : امبريمونت امبريمانط برينتر برنتار
موقع مكان تتبع لوكيشن gps tracking
اذن ودن وذن اذان ear
باوربانك بوربانك خازن powerbank
فلاش فلاشة يوسبي فلاشات usb
ماوس فارة mouse souris
كيبورد كلافيي keyboard clavier
راوتر مودم روتر router modem
كاميرا كامرا كاميرات camera
هارد قرص disk hdd
بلايستيشن بلاستيشن playstation
ريموت تيليكوموند كنترول remote telecommande
ميكروفون مايك ميكرو لاقط microphone mic
كهربائي كهربائية كهرباء كهربا كهربي الكتريك electric electrical electrique : تريسيتي ضو كهربائيه
محول ادابتر تحويلة محولات adapter adaptateur
"""
